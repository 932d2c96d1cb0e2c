"""What is run: families, sizes, seeds and seconds."""

from attrs import frozen

from utm.pairing.instances import FAMILIES

SEEDS = (1, 2, 3)
SECONDS = {60: 3.0, 145: 6.0, 300: 10.0, 1_000: 20.0, 3_000: 30.0, 13_500: 60.0}
GROWTH = (300, 1_000, 3_000, 13_500)


@frozen(kw_only=True)
class Plan:
    """Some families, at some sizes, from some seeds."""

    families: tuple[str, ...]
    sizes: tuple[int, ...]
    seeds: tuple[int, ...]
    seconds: float | None = None

    def names(self) -> list[str]:
        return [
            f"{family}-n{size}-s{seed}"
            for size in self.sizes
            for family in self.families
            for seed in self.seeds
        ]


PLANS = {
    # under two minutes on two idle cores
    "quick": Plan(families=("standard", "facilitated"), sizes=(24, 53), seeds=(1,), seconds=2.0),
    # five minutes
    "short": Plan(
        families=("standard", "scarce-help", "strict-rules"), sizes=(53,), seeds=SEEDS, seconds=1.5
    ),
    # half an hour
    "medium": Plan(
        families=("standard", "scarce-help", "strict-rules"), sizes=(53, 145), seeds=SEEDS
    ),
    # hours
    "full": Plan(families=tuple(FAMILIES), sizes=(53, 145, 300, 1_000), seeds=SEEDS),
    "growth": Plan(families=("standard",), sizes=GROWTH, seeds=(1,)),
}
PUBLISHED = (
    *Plan(families=tuple(FAMILIES), sizes=(24, 53), seeds=SEEDS).names(),
    *Plan(families=tuple(FAMILIES), sizes=(145,), seeds=(1,)).names(),
)
"""Generated instances whose best known answers are kept."""
