"""The certificate: how good the grouping is, what proves it, and how it was made."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from attrs import frozen

from utm.pairing import Policy
from utm.programme.formed_edition import FormedEdition
from utm.report.display_text import NameBook
from utm.report.wording import (
    CHECK_IN_WORDS,
    day_in_words,
    hours_in_words,
    percent_at_most,
    status_in_words,
)

__all__ = ["CertificatePage", "CheckLine", "lay_out_certificate"]

_DISTRIBUTION = "urban-transitions-mission"
_PLACES = 6


@frozen(kw_only=True)
class CheckLine:
    """One thing that was checked again.

    Parameters
    ----------
    name
        What was checked.
    holds
        Whether no fault was found.
    faults
        The faults, as sentences.
    """

    name: str
    holds: bool
    faults: tuple[str, ...]


@frozen(kw_only=True)
class CertificatePage:
    """What the report shows of the proof.

    Parameters
    ----------
    facts
        Label and value: score, bound, gap, what the bound covers.
    prices
        Name and price of every participant, dearest first.
    checks
        What an independent check looked at, and what it found.
    proves
        What the checks prove, in a sentence.
    hard_rules, weights
        The policy: label and value.
    making
        How the edition was made: label and value.
    unknown
        What was not known and therefore not counted.
    """

    facts: tuple[tuple[str, str], ...]
    prices: tuple[tuple[str, str], ...]
    checks: tuple[CheckLine, ...]
    proves: str
    hard_rules: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, str], ...]
    making: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def lay_out_certificate(edition: FormedEdition, names: NameBook) -> CertificatePage:
    """Lay out the proof of the grouping and the record of its making.

    Parameters
    ----------
    edition
        The edition.
    names
        How names are shown.
    """
    result = edition.result
    called = {
        one.application.key.value: names.short(one.application.applicant.name)
        for one in edition.screening
    }
    prices = sorted(result.prices, key=lambda one: (-one.price, one.participant))
    return CertificatePage(
        facts=(
            ("Status", status_in_words(result)),
            ("Score", _millionths(result.score)),
            ("Upper bound", _millionths(result.bound)),
            ("Gap", percent_at_most(result.gap)),
            ("The bound covers", result.scope.value.capitalize()),
            ("Proven by prices alone", _millionths(result.price_bound)),
        ),
        prices=tuple(
            (called.get(one.participant, one.participant), _millionths(one.price)) for one in prices
        ),
        checks=tuple(
            CheckLine(
                name=CHECK_IN_WORDS.get(check.name) or names.sentence(check.name),
                holds=check.holds,
                faults=tuple(names.sentence(fault) for fault in check.faults),
            )
            for check in edition.verification.checks
        ),
        proves=names.sentence(edition.verification.proves),
        hard_rules=_hard_rules(edition.problem.policy, called),
        weights=_weights(edition.problem.policy),
        making=_making(edition, names),
        unknown=tuple(
            names.sentence(f"{called.get(note.participant, note.participant)}: {note.text}")
            for note in result.notes
            if note.participant
        ),
    )


def _millionths(score: int) -> str:
    return f"{score / 10**_PLACES:.{_PLACES}f}"


def _hard_rules(policy: Policy, called: dict[str, str]) -> tuple[tuple[str, str], ...]:
    opens, closes = (_clock(m) for m in (policy.office_opens_minute, policy.office_closes_minute))
    most, least = policy.most_of_one_country, policy.least_benefit
    rules = [
        ("Members of a group", f"{policy.smallest_group} to {policy.largest_group}"),
        ("Countries in a group", f"at least {policy.fewest_countries}"),
        ("Members of one country", "no limit" if most is None else f"at most {most}"),
        ("Common language", policy.common_language.value),
        (
            f"Common office time ({opens}-{closes})",
            f"at least {hours_in_words(policy.fewest_common_office_minutes)}"
            if policy.fewest_common_office_minutes
            else "not asked",
        ),
        ("Share of a member's needs in the focus", f"at least {policy.least_stake_share:g}"),
        ("What ties members together", policy.exchange.value),
        ("Least benefit of a member", "not asked" if least is None else f"{least:g}"),
        ("Focus of a group", f"a {policy.focus.value}"),
        ("Unknown languages or time zones", "admitted" if policy.admits_unknown else "refused"),
    ]
    for kind, entries in (("Locked together", policy.locks), ("Kept apart", policy.exclusions)):
        for entry in entries:
            members = ", ".join(called.get(member, member) for member in entry.members)
            rules.append((f"{kind}: {members}", entry.reason))
    return tuple(rules)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _weights(policy: Policy) -> tuple[tuple[str, str], ...]:
    context = policy.context
    helps = ", ".join(f"{value:g}" for value in policy.helpfulness)
    return (
        ("Chance that an offer of maturity 1 to 5 helps", helps),
        ("Facing the same need together", f"{policy.shared_challenge:g}"),
        ("Same climate class", f"{context.climate:g}"),
        ("Same band of inhabitants", f"{context.population:g}"),
        ("Both on the sea, or both inland", f"{context.coast:g}"),
        ("Both high, or both low", f"{context.mountain:g}"),
        ("Both on a river, or both not", f"{context.river:g}"),
        ("Same income group of the country", f"{context.income:g}"),
        ("A language in common", f"{context.language:g}"),
        ("All office hours in common", f"{context.office_hours:g}"),
        ("Each hour between the clocks, subtracted", f"{context.hours_apart:g}"),
        ("In one group before, subtracted", f"{context.repeat:g}"),
    )


def _making(edition: FormedEdition, names: NameBook) -> tuple[tuple[str, str], ...]:
    meetings = edition.meeting_rules
    rulebooks = dict.fromkeys(
        f"{one.decision.version.rulebook}, version {one.decision.version.version}"
        for one in edition.screening
    )
    clocks = dict.fromkeys(group.meetings.time_zone_data for group in edition.groups)
    return (
        ("Edition", edition.id.value),
        ("Day of the judgement", day_in_words(edition.formed_on)),
        ("Made with", f"{_DISTRIBUTION} {_own_version()}"),
        ("Rules applied", names.sentence("; ".join(rulebooks) or "none")),
        ("Themes and topics", names.sentence(edition.taxonomy.version)),
        ("Seed of the search", str(edition.result.seed)),
        ("Participants", str(len(edition.problem.participants))),
        (
            "Meetings",
            (
                f"{meetings.number} of {meetings.duration_minutes} minutes, {meetings.year}, "
                f"{meetings.minimum_spacing_days} to {meetings.maximum_spacing_days} days apart"
            ),
        ),
        ("Time zone data", ", ".join(clocks) or "none used"),
    )


def _own_version() -> str:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "(version not known)"
