"""The families that have a name, each hard in a way of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve

from utm.errors import InvalidValueError
from utm.pairing.instances.family import STANDARD_POLICY, Family
from utm.pairing.policy import ContextWeights, ExchangeRule, FocusKind, LanguageRule

__all__ = ["FAMILIES", "find_family"]

_NO_CONTEXT = ContextWeights(
    climate=0.0,
    population=0.0,
    coast=0.0,
    mountain=0.0,
    income=0.0,
    language=0.0,
    office_hours=0.0,
    repeat=0.0,
)

_NAMED = (
    Family(),
    Family(
        name="scarce-help",
        hard_because="Few can help with what most need, and a quarter offers nothing: whoever "
        "takes the helpers first spoils the rest.",
        need_skew=1.2,
        offer_skew=1.2,
        offers_from_the_end=True,
        offering_share=0.75,
        most_offers=2,
        theme_loyalty=0.9,
    ),
    Family(
        name="strict-rules",
        hard_because="Most groups are forbidden: each two share a language, all share two "
        "office hours, no country has two members, each gains a twentieth of a need.",
        english_share=0.4,
        places=40,
        skew=0.7,
        excluded_share=0.2,
        policy=evolve(
            STANDARD_POLICY,
            common_language=LanguageRule.PAIRWISE,
            fewest_common_office_minutes=120,
            most_of_one_country=1,
            least_stake_share=0.2,
            least_benefit=0.05,
        ),
    ),
    Family(
        name="shared-needs",
        hard_because="Nobody offers anything and needs weigh alike, as in the edition of 2026: "
        "a great many groups have exactly the same worth.",
        equal_needs=True,
        offering_share=0.0,
        most_needs=3,
        topics_per_theme=6,
        policy=evolve(
            STANDARD_POLICY,
            exchange=ExchangeRule.HELP_OR_SHARED_NEED,
            shared_challenge=0.25,
            context=_NO_CONTEXT,
        ),
    ),
    Family(
        name="single-topic",
        hard_because="A group works on one topic, so that forty small markets compete for "
        "everybody.",
        policy=evolve(STANDARD_POLICY, focus=FocusKind.TOPIC),
    ),
    Family(
        name="regions",
        hard_because="Each region has its theme and its hours and nearly falls apart from the "
        "others; a few participants tie them together, and a tenth of the facts is unknown.",
        regional_loyalty=0.9,
        theme_loyalty=0.9,
        english_share=0.3,
        unknown_share=0.1,
        places=40,
        skew=0.5,
        repeat_share=0.5,
        policy=evolve(
            STANDARD_POLICY,
            context=evolve(
                STANDARD_POLICY.context, hours_apart=0.02, office_hours=0.05, repeat=0.1
            ),
        ),
    ),
    Family(
        name="facilitated",
        hard_because="Capacities by theme and by language couple all groups, and conflicts, "
        "priorities and participants that must be placed come on top.",
        english_share=0.6,
        excluded_share=0.1,
        conflict_share=0.1,
        must_place_share=0.02,
        priority_share=0.1,
        theme_groups_share=0.06,
        language_groups_share=0.05,
        policy=evolve(STANDARD_POLICY, common_language=LanguageRule.ALL),
    ),
    Family(
        name="twins",
        hard_because="Everybody has four doubles: groups may be exchanged for their like, and a "
        "search that branches meets each grouping again and again.",
        copies=5,
        most_needs=2,
        most_offers=2,
    ),
)

FAMILIES: Mapping[str, Family] = MappingProxyType({family.name: family for family in _NAMED})
"""The named families by name. What a name means never changes; a new kind has a new name."""


def find_family(name: str) -> Family:
    """Return a named family.

    Raises
    ------
    InvalidValueError
        There is none of this name; those that there are, are listed.
    """
    if name not in FAMILIES:
        raise InvalidValueError(
            kind="family", value=name, reason=f"is none of {', '.join(FAMILIES)}"
        )
    return FAMILIES[name]
