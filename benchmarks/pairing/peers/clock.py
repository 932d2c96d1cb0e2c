"""How much of its time a search has used."""

import time


class Clock:
    """Counts processor time, so that a busy machine takes nothing from a search in Python."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._began = time.process_time()

    def used_share(self) -> float:
        return min(1.0, (time.process_time() - self._began) / self.seconds)

    def is_over(self) -> bool:
        return self.used_share() >= 1.0
