"""A lock on an open file that the system takes back when the process ends."""

from __future__ import annotations

import sys

__all__ = ["lock_file"]

if sys.platform == "win32":  # pragma: no cover - the same on another system
    import msvcrt

    def lock_file(handle: int) -> None:
        """Lock an open file for this process, or fail at once.

        Raises
        ------
        OSError
            Another process has locked it.
        """
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def lock_file(handle: int) -> None:
        """Lock an open file for this process, or fail at once.

        Raises
        ------
        OSError
            Another process, or another handle of this one, has locked it.
        """
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
