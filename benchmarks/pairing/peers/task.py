"""What every way is given."""

from random import Random

from attrs import frozen

from benchmarks.pairing.peers.clock import Clock
from benchmarks.pairing.scoring import Scorer


@frozen
class Task:
    """A problem to be asked about, the time, and a source of chance."""

    scorer: Scorer
    clock: Clock
    random: Random
