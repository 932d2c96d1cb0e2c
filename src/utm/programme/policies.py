"""What City2City asks of a group, as a policy of the grouping engine."""

from __future__ import annotations

from pendulum import Date

from utm.pairing import ContextWeights, ExchangeRule, LanguageRule, Policy

__all__ = ["city2city_policy"]


def city2city_policy(
    *,
    most_members: int = 4,
    year: int = 2026,
    common_office_minutes: int = 0,
    common_language: LanguageRule = LanguageRule.NOT_ASKED,
) -> Policy:
    """The policy under which City2City groups are formed and judged.

    The programme publishes no weights, so these are ours and open to change: a need
    that is shared counts a quarter of one that somebody can meet; likeness of context
    adds at most a seventh; office hours in common weigh most in it, since a group that
    cannot meet cannot learn.

    Parameters
    ----------
    most_members
        Largest group. The call planned at most two partners a city, which is 3; the
        published list holds two groups of 4.
    year
        Year whose 15 January and 15 July stand for the seasons of both hemispheres when
        clocks are compared; clocks that change at other times in the year are not seen.
    common_office_minutes
        Minutes of 09:00-17:00 local time that all members must share in January and in
        July. One published group shares none, so nothing is asked by default.
    common_language
        Whether members must share a language. The programme asks for none in public.

    Returns
    -------
    Policy
        Groups of two or more from at least two countries, each member tied to the
        others by help or by a shared need.
    """
    return Policy(
        smallest_group=2,
        largest_group=most_members,
        fewest_common_office_minutes=common_office_minutes,
        common_language=common_language,
        reference_days=(Date(year, 1, 15), Date(year, 7, 15)),
        fewest_countries=2,
        exchange=ExchangeRule.HELP_OR_SHARED_NEED,
        shared_challenge=0.25,
        context=ContextWeights(
            climate=0.03,
            population=0.01,
            coast=0.01,
            mountain=0.01,
            income=0.01,
            language=0.02,
            office_hours=0.05,
        ),
    )
