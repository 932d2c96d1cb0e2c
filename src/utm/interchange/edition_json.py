"""A formed edition as one JSON document: the format ``utm.edition``, version 1.

The document embeds the grouping problem and its result in their own formats, so
that a third party can check the certificate with nothing else at hand. The schema
is published beside the package's other schemas, see `edition_schema`.
"""

from __future__ import annotations

import json
from importlib.metadata import version

from utm.interchange.cells import JsonValue
from utm.interchange.schemas import read_schema
from utm.interchange.sessions_basis import record_of
from utm.programme import (
    FormedEdition,
    FormedGroup,
    GroupingMeasures,
    Meeting,
    MeetingPlan,
    Reconciliation,
    ScreenedApplication,
)
from utm.rules import decision_as_dict

__all__ = ["edition_document", "edition_schema", "edition_to_json"]

JsonObject = dict[str, JsonValue]

_FORMAT = "utm.edition"
_VERSION = 1


def edition_to_json(edition: FormedEdition) -> str:
    """Write a formed edition; the same edition gives the same text.

    Returns
    -------
    str
        UTF-8 text with sorted keys and a newline at its end.
    """
    document = edition_document(edition)
    return (
        json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
    )


def edition_schema() -> JsonObject:
    """The JSON Schema (2020-12) of the format, as published with the package."""
    return read_schema("edition-1")


def edition_document(edition: FormedEdition) -> JsonObject:
    """Describe a formed edition in JSON values."""
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "generator": f"urban-transitions-mission {version('urban-transitions-mission')}",
        "id": edition.id.value,
        "title": edition.title,
        "formed_on": edition.formed_on.isoformat(),
        "taxonomy": edition.taxonomy.version,
        "notes": list(edition.notes),
        "applicants": [_applicant(one) for one in edition.screening],
        "groups": [_group(group) for group in edition.groups],
        "unplaced": [
            {"applicant": one.application.key.value, "reason": one.reason}
            for one in edition.unplaced
        ],
        "meeting_rules": _meeting_rules(edition),
        "sessions": record_of(
            edition.sessions, edition.meeting_rules, edition.attendees, edition.facilitators
        ),
        "problem": json.loads(edition.problem.to_json()),
        "result": json.loads(edition.result.to_json()),
        "verified": edition.verification.holds,
        "measures": [_measures(one) for one in edition.measures],
        "reconciliation": _reconciliation(edition.reconciliation),
    }


def _applicant(one: ScreenedApplication) -> JsonObject:
    application = one.application
    return {
        "key": application.key.value,
        "name": application.applicant.name,
        "towns": [
            {"id": city.id.value, "name": city.name, "country": city.country.value}
            for city in application.cities
        ],
        "placement": one.placement.name.lower(),
        "needs_basis": application.needs_basis,
        "decision": decision_as_dict(one.decision),
    }


def _group(group: FormedGroup) -> JsonObject:
    return {
        "id": group.id.value,
        "theme": group.theme.value,
        "focus": group.focus,
        "topics": [topic.value for topic in group.topics],
        "members": [member.key.value for member in group.members],
        "score": group.scored.score,
        "member_scores": [
            {
                "member": member.member,
                "score": member.score,
                "parts": {part.name: part.score for part in member.parts},
            }
            for member in group.scored.member_scores
        ],
        "common_office_minutes": group.measures.common_office_minutes,
        "common_languages": _or_unknown(group.measures.common_languages),
        "countries": list(group.measures.countries),
        "why": list(group.why),
        "facilitator": group.facilitator,
        "meetings": _plan(group.meetings),
    }


def _or_unknown(values: tuple[str, ...] | None) -> JsonValue:
    return None if values is None else list(values)


def _plan(plan: MeetingPlan) -> JsonObject:
    return {
        "meetings": [_meeting(meeting) for meeting in plan.meetings],
        "burdens": {
            burden.attendee: {
                "minutes": burden.burden_minutes,
                "meetings_outside": burden.meetings_outside,
            }
            for burden in plan.burdens
        },
        "is_proven_best": plan.is_proven_best,
        "without_known_time_zone": list(plan.unplaced),
        "relaxations": [one.sentence for one in plan.relaxations],
        "notes": list(plan.notes),
        "time_zone_data": plan.time_zone_data,
    }


def _meeting(meeting: Meeting) -> JsonObject:
    return {
        "ordinal": meeting.ordinal,
        "starts_at": meeting.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "duration_minutes": meeting.duration_minutes,
        "local": [
            {
                "member": local.attendee,
                "timezone": local.timezone,
                "day": local.day.isoformat(),
                "hours": local.hours,
                "utc_offset_minutes": local.utc_offset_minutes,
                "burden_minutes": local.burden_minutes,
            }
            for local in meeting.local
        ],
    }


def _meeting_rules(edition: FormedEdition) -> JsonObject:
    rules = edition.meeting_rules
    return {
        "year_starts_on": rules.year.start.isoformat(),
        "year_ends_before": rules.ends_before.isoformat(),
        "number": rules.number,
        "duration_minutes": rules.duration_minutes,
        "minimum_spacing_days": rules.minimum_spacing_days,
        "maximum_spacing_days": rules.maximum_spacing_days,
    }


def _measures(measures: GroupingMeasures) -> JsonObject:
    return {
        "name": measures.name,
        "groups": len(measures.groups),
        "placed": measures.placed,
        "score": measures.score,
        "parts": dict(measures.parts),
        "mean_common_office_hours": measures.mean_common_office_hours,
        "groups_without_common_hour": measures.groups_without_common_hour,
        "groups_with_common_language": measures.groups_with_common_language,
        "mean_countries": measures.mean_countries,
        "violations": list(measures.violations),
    }


def _reconciliation(reconciliation: Reconciliation | None) -> JsonValue:
    if reconciliation is None:
        return None
    return [
        {
            "source": comparison.announced.source.title,
            "pairings_difference": comparison.pairings_difference,
            "cities_difference": comparison.cities_difference,
            "countries_difference": comparison.countries_difference,
            "sentence": comparison.sentence,
        }
        for comparison in reconciliation.comparisons
    ]
