"""What was checked of a result, and what that proves."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Check", "Verification"]


@frozen(kw_only=True)
class Check:
    """One thing that was checked.

    Parameters
    ----------
    name
        What was checked.
    faults
        A sentence for each fault; none where it holds.
    """

    name: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether there is no fault."""
        return not self.faults


@frozen(kw_only=True)
class Verification:
    """What was checked of a result, and what that proves.

    Parameters
    ----------
    checks
        Everything that was checked.
    proven_bound
        No admissible grouping is worth more, in millionths, by the prices alone;
        ``None`` where that was not checked or does not hold.
    proves
        What the checks prove, in one sentence.
    tried_bound
        The bound of the result, where no admissible grouping is worth more: by the prices and,
        where it is lower, as every way to put together the groups nearest to them was tried.
        ``None`` where that was not checked, or too many ways are left.
    """

    checks: tuple[Check, ...]
    proven_bound: int | None
    proves: str
    tried_bound: int | None = None

    @property
    def holds(self) -> bool:
        """Whether no check found a fault."""
        return all(check.holds for check in self.checks)

    @property
    def faults(self) -> tuple[str, ...]:
        """All faults, each after the name of its check."""
        return tuple(f"{check.name}: {fault}" for check in self.checks for fault in check.faults)
