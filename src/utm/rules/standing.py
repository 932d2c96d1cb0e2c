"""Where a city stands in a network on a day, as far as the evidence shows."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.city import City, MembershipStatus, NetworkMembership
from utm.domain.dates import add_months
from utm.domain.evidence import UnknownReason
from utm.domain.identifiers import NetworkId
from utm.rules.case import Case
from utm.rules.evidence import Evidence
from utm.rules.interpretations import Interpretations, UndatedReading
from utm.rules.statements import in_canonical_order

__all__ = ["Standing", "standing_of"]

_MONTHS_A_YEAR = 12


@frozen(kw_only=True)
class Standing:
    """One standing, or the reason why none is known.

    Parameters
    ----------
    answer
        The standing on the day, or why it is not known.
    evidence
        Everything known of the city in that network.
    note
        How the evidence was read.
    readings
        Names of the interpretations that were needed.
    promised_by
        For a commitment: the earliest day by which the city promised to sign, if any.
    """

    answer: MembershipStatus | UnknownReason
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    readings: tuple[str, ...] = ()
    promised_by: Date | None = None


def standing_of(case: Case, city: City, network: NetworkId) -> Standing:
    """Find the standing of a city in a network on the day of a case.

    What holds on the day (a period with the day in it, a list of that very day,
    a standing reported without days) decides. Failing that, the latest list
    within `Interpretations.listing_counts_years` decides. An older list,
    or a period that has ended, is cited and proves nothing about the day. One
    who has committed and signed is a signatory; any other contradiction
    leaves the standing unknown.
    """
    known = tuple([m for m in city.memberships if m.network == network and _is_known(m, case)])
    evidence = in_canonical_order(known)
    readings = case.interpretations
    direct = [m for m in known if _holds_on(m, case.day, readings)]
    if direct:
        undated = [m for m in direct if _undated(m)]
        names = ("undated standing: counts",) if undated else ()
        return _settle(direct, evidence, names)
    listed = [(m.listed_on, m) for m in known if m.listed_on and _recent(m.listed_on, case)]
    if listed:
        latest = max(day for day, _ in listed)
        names = (f"a listing counts for {readings.listing_counts_years} years",)
        return _settle([m for day, m in listed if day == latest], evidence, names)
    return _not_on_the_day(known, evidence, case)


def _is_known(membership: NetworkMembership, case: Case) -> bool:
    if case.known_by is None:
        return True
    listed_on = membership.listed_on
    seen = listed_on is None or listed_on <= case.known_by
    return seen and case.knows(membership.source)


def _undated(membership: NetworkMembership) -> bool:
    return membership.period is None and membership.listed_on is None


def _holds_on(membership: NetworkMembership, day: Date, readings: Interpretations) -> bool:
    if _undated(membership):
        return readings.undated_standing is UndatedReading.COUNTS
    listed_on = membership.listed_on
    if membership.period is None or day not in membership.period:
        return listed_on == day
    # A list shows who has joined since when up to its own day, and nothing of what came after.
    return listed_on is None or membership.period.end is not None or day <= listed_on


def _recent(listed_on: Date, case: Case) -> bool:
    months = case.interpretations.listing_counts_years * _MONTHS_A_YEAR
    return months > 0 and listed_on <= case.day <= add_months(listed_on, months)


def _settle(
    memberships: list[NetworkMembership], evidence: tuple[Evidence, ...], readings: tuple[str, ...]
) -> Standing:
    if len(memberships) == 1:
        (only,) = memberships
        return Standing(
            answer=only.status,
            evidence=evidence,
            readings=readings,
            promised_by=only.promised_by,
        )
    statuses = {membership.status for membership in memberships}
    if statuses == {MembershipStatus.COMMITTED, MembershipStatus.SIGNATORY}:
        statuses = {MembershipStatus.SIGNATORY}
    if len(statuses) > 1:
        words = " and ".join(sorted(status.value for status in statuses))
        note = f"the sources conflict: {words}"
        return Standing(
            answer=UnknownReason.CONFLICTING, evidence=evidence, note=note, readings=readings
        )
    promises = [m.promised_by for m in memberships if m.promised_by is not None]
    return Standing(
        answer=statuses.pop(),
        evidence=evidence,
        readings=readings,
        promised_by=min(promises, default=None),
    )


def _not_on_the_day(
    known: tuple[NetworkMembership, ...], evidence: tuple[Evidence, ...], case: Case
) -> Standing:
    if not known:
        return Standing(answer=UnknownReason.NOT_REPORTED)
    ended = [m.period.end for m in known if m.period is not None and m.period.end is not None]
    if any(end <= case.day for end in ended) and not any(m.listed_on for m in known):
        note = f"what is known ended on {max(ended)}"
        return Standing(answer=UnknownReason.EXPIRED, evidence=evidence, note=note)
    lists = [m.listed_on for m in known if m.listed_on is not None]
    if lists:
        note = f"a list of {max(lists)} does not show the standing on {case.day}"
        readings = ("a listing counts for its own day only",)
        return Standing(
            answer=UnknownReason.NOT_VERIFIED, evidence=evidence, note=note, readings=readings
        )
    note = f"nothing shows the standing on {case.day}"
    return Standing(answer=UnknownReason.NOT_VERIFIED, evidence=evidence, note=note)
