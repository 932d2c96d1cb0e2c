"""What counts and what is forbidden when groups are formed."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.pairing.pair_parts import PairPart
from utm.pairing.policy_entries import (
    Allowance,
    Conflict,
    Exclusion,
    LanguageCapacity,
    Lock,
    Priority,
    ThemeCapacity,
)
from utm.pairing.rows import with_tuples

__all__ = [
    "Allowance",
    "Conflict",
    "ContextWeights",
    "ExchangeRule",
    "Exclusion",
    "FocusKind",
    "LanguageCapacity",
    "LanguageRule",
    "Lock",
    "Policy",
    "Priority",
    "ThemeCapacity",
]


class LanguageRule(Enum):
    """Whether the members of a group must share a language."""

    NOT_ASKED = "not asked"
    PAIRWISE = "every two members"
    ALL = "all members"


class ExchangeRule(Enum):
    """What ties two members of a group together; every group must be connected by such ties.

    Without it the best grouping hides two strangers' pairs in one group of four.
    """

    NOT_ASKED = "not asked"
    HELP = "help"
    HELP_OR_SHARED_NEED = "help or shared need"


class FocusKind(Enum):
    """Whether a group works under a whole theme or on a single topic."""

    THEME = "theme"
    TOPIC = "topic"


@frozen(kw_only=True, field_transformer=with_tuples)
class ContextWeights:
    """How much likeness of context counts, in units of one fully met need.

    Each part has a likeness from 0 to 1 for two participants and is worth its weight
    times that likeness to each of them, as a mean over the partners in the group. Where
    a fact is unknown for either, the part is worth nothing. The defaults are a judgement
    of the authors, not a finding; they sum to a tenth of one met need.

    Parameters
    ----------
    climate
        1 for the same Köppen-Geiger class, ½ for the same main group (first letter).
    population
        1 for the same band of inhabitants, ½ for neighbouring bands.
    coast
        1 where both lie within ``coast_within_km`` of the sea, or both do not.
    mountain
        1 where both lie at ``mountain_from_m`` or higher, or both do not.
    river
        1 where both have a major river, or both have none.
    income
        1 minus a third of the steps between the World Bank income groups.
    language
        1 where the two share a language.
    office_hours
        Office time that the two have in common on the worse of the reference days, as
        a share of the office day.
    reciprocity
        The lesser of what each of the two could learn from the other, over all topics and
        from 0 to 1: it counts only where both give and both receive.
    hours_apart
        Cost for each hour between the clocks on the worse of the reference days; it
        is subtracted.
    repeat
        Cost of putting two together who were in one group before; it is subtracted.
    population_bands
        Lower ends of the bands above the first, in inhabitants, rising.
    coast_within_km
        Up to this distance a place counts as coastal.
    mountain_from_m
        From this height a place counts as mountainous.
    """

    climate: float = 0.03
    population: float = 0.01
    coast: float = 0.01
    mountain: float = 0.01
    river: float = 0.0
    income: float = 0.01
    language: float = 0.01
    office_hours: float = 0.02
    reciprocity: float = 0.0
    hours_apart: float = 0.0
    repeat: float = 0.05
    population_bands: tuple[int, ...] = (100_000, 250_000, 500_000, 1_000_000, 5_000_000)
    coast_within_km: float = 50.0
    mountain_from_m: float = 1_000.0


@frozen(kw_only=True, field_transformer=with_tuples)
class Policy:
    """All weights and hard rules of a grouping. Weights are in units of one fully met need.

    Parameters
    ----------
    smallest_group, largest_group
        Members of a group, within 2 and 4.
    fewest_countries
        A group must span at least so many countries.
    most_of_one_country
        A group may hold at most so many members of one country; ``None`` for no limit.
    common_language
        Whether members must share a language.
    fewest_common_office_minutes
        Office time that all members must have in common on each reference day.
    office_opens_minute, office_closes_minute
        The office day in local minutes since midnight, in steps of 15.
    reference_days
        Days on which clocks are compared; the worse day counts. One in January and one
        in July see both sides of the clock changes.
    least_stake_share
        Each member must have at least this share of its needs within the focus.
    exchange
        What must tie the members of a group together.
    least_benefit
        Each member must gain at least this much score; ``None`` for no rule.
    admits_unknown
        Whether a participant whose languages or time zone are unknown passes the rules
        on languages and office hours. Where it does, the result says so.
    focus
        Whether a group works under a theme or on one topic.
    helpfulness
        Chance that an offer of maturity 1 to 5 helps, each within 0 and 1, never falling.
    shared_challenge
        Worth of facing the same need together, for each unit of overlap with the mean partner.
    context
        Weights of likeness of context.
    pair_parts
        Score parts by others than this library, each worth something to any two members.
        A document names them; whoever reads it has to bring them.
    locks, exclusions
        Who must, and who must not, be together, each with a reason.
    conflicts
        Of whom only so many may be together, each with a reason.
    priorities
        What it is worth to place some participants, each with a reason.
    groups_each
        In how many groups each participant may be, from 1 to 100. No two groups have the
        same members. Who is named in a lock is in one group whatever this says.
    allowances
        Who may be in another number of groups than the others, each with a reason.
    fewest_groups, most_groups
        How many groups are formed, at least and at most; ``None`` for no limit.
    theme_capacities, language_capacities
        How many groups can be facilitated under a theme and in a language.
    """

    smallest_group: int = 2
    largest_group: int = 4
    fewest_countries: int = 2
    most_of_one_country: int | None = None
    common_language: LanguageRule = LanguageRule.NOT_ASKED
    fewest_common_office_minutes: int = 0
    office_opens_minute: int = 9 * 60
    office_closes_minute: int = 17 * 60
    reference_days: tuple[Date, ...] = (Date(2026, 1, 15), Date(2026, 7, 15))
    least_stake_share: float = 0.0
    exchange: ExchangeRule = ExchangeRule.HELP_OR_SHARED_NEED
    least_benefit: float | None = None
    admits_unknown: bool = True
    focus: FocusKind = FocusKind.THEME
    helpfulness: tuple[float, ...] = (0.20, 0.40, 0.60, 0.80, 0.95)
    shared_challenge: float = 0.25
    context: ContextWeights = ContextWeights()
    pair_parts: tuple[PairPart, ...] = ()
    locks: tuple[Lock, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    priorities: tuple[Priority, ...] = ()
    groups_each: int = 1
    allowances: tuple[Allowance, ...] = ()
    fewest_groups: int = 0
    most_groups: int | None = None
    theme_capacities: tuple[ThemeCapacity, ...] = ()
    language_capacities: tuple[LanguageCapacity, ...] = ()
