"""The work behind ``utm screen``, ``utm explain``, ``utm whatif`` and ``utm coming``."""

from __future__ import annotations

from pathlib import Path

from utm.cli.applicants import find_application, read_or_register
from utm.cli.judgement import Judgement
from utm.cli.terminal import print_json, print_list, print_plain, print_table, print_text, say
from utm.interchange import JsonValue, decision_document
from utm.rules import (
    Decision,
    NextEvidence,
    Outcome,
    Transition,
    Ways,
    as_mermaid,
    decision_as_dict,
    decision_as_markdown,
    find_coming_changes,
    find_next_evidence,
    find_ways,
    replay_under,
)
from utm.rules import screen as gather

__all__ = [
    "describe_transition",
    "print_coming_changes",
    "print_explanation",
    "print_screening",
    "print_ways",
]


def print_screening(path: Path | None, judgement: Judgement, *, as_json: bool) -> None:
    """Judge everybody and print the outcomes with the evidence that is missing."""
    rulebook = judgement.rulebook
    applicants = read_or_register(path, on=judgement.on)
    for warning in applicants.warnings:
        say(f"warning: {warning}")
    screening = gather(
        judgement.of(application, applicants.on) for application in applicants.applications
    )
    if as_json:
        print_json(
            {
                "format": "utm.screening",
                "version": 1,
                "rulebook": rulebook.id,
                "on": applicants.on.isoformat(),
                "known_on": judgement.known_on.isoformat() if judgement.known_on else None,
                "decisions": [decision_as_dict(decision) for decision in screening.decisions],
            }
        )
        return
    print_table(
        f"{rulebook.title}, for {applicants.on}{_knowledge(judgement)}",
        ["applicant", "outcome", "why, or what is missing"],
        [
            [decision.subject_name, decision.outcome.value, _in_brief(decision)]
            for decision in screening.decisions
        ],
    )
    counts = [f"{outcome.value}: {count}" for outcome, count in screening.counts.items() if count]
    told = f" {', '.join(counts)}." if counts else ""
    print_text(f"{len(screening.decisions)} applicants.{told}")


def print_explanation(
    city: str, path: Path | None, judgement: Judgement, *, under: str | None, output_format: str
) -> None:
    """Judge one applicant and print the decision in full, and what another version changes."""
    decision = _decision(city, path, judgement)
    changed = None if under is None else replay_under(judgement.rulebook, decision, version=under)
    if output_format == "json":
        document = decision_document(decision)
        if changed is not None:
            document["replayed"] = describe_transition(changed)
        print_json(document)
    elif output_format == "mermaid":
        print_plain(as_mermaid((decision if changed is None else changed.after).finding))
    else:
        print_plain(decision_as_markdown(decision))
        if changed is not None:
            print_plain(f"\n### Under version {under}\n\n{changed.sentence}")


def print_coming_changes(
    path: Path | None, judgement: Judgement, *, within: int, as_json: bool
) -> None:
    """Print every day on which a verdict changes although nobody does anything."""
    applicants = read_or_register(path, on=judgement.on)
    until = applicants.on.add(days=within)
    found = [
        change
        for application in applicants.applications
        for change in find_coming_changes(
            judgement.rulebook,
            application,
            after=applicants.on,
            until=until,
            waivers=judgement.waivers,
            interpretations=judgement.readings,
            known_by=judgement.known_on,
        )
    ]
    found.sort(key=lambda change: (change.day, change.transition.after.subject_name))
    if as_json:
        print_json(
            {
                "format": "utm.coming-changes",
                "version": 1,
                "rulebook": judgement.rulebook.id,
                "after": applicants.on.isoformat(),
                "until": until.isoformat(),
                "known_on": judgement.known_on.isoformat() if judgement.known_on else None,
                "changes": [
                    {"day": change.day.isoformat(), **describe_transition(change.transition)}
                    for change in found
                ],
            }
        )
        return
    days = f"after {applicants.on}, up to {until}{_knowledge(judgement)}"
    print_list(f"Changes by themselves {days}:", [change.sentence for change in found])
    if not found:
        print_text(f"Nothing changes by itself {days}.")


def print_ways(city: str, path: Path | None, judgement: Judgement, *, as_json: bool) -> None:
    """Find what would change the answer for one applicant, and print it."""
    rulebook, decision = judgement.rulebook, _decision(city, path, judgement)
    ways, evidence = find_ways(rulebook, decision), find_next_evidence(rulebook, decision)
    if as_json:
        print_json(_ways_document(decision, ways, evidence))
        return
    print_text(decision.sentence)
    print_text()
    print_list("What nobody can change:", [str(obstacle) for obstacle in ways.obstacles])
    print_list("Each of these would be enough:", [way.sentence for way in ways.ways])
    if not ways.ways and ways.complete:
        print_text("No change of facts or readings would make it eligible; a waiver might.")
    if not ways.complete:
        print_text("There may be more ways than these: not all were searched.")
    print_list("To admit it, ask for one of these sets:", _sets(evidence.to_admit))
    print_list("To refuse it, one of these is enough:", _sets(evidence.to_refuse))


def _decision(city: str, path: Path | None, judgement: Judgement) -> Decision:
    applicants = read_or_register(path, on=judgement.on)
    return judgement.of(find_application(applicants, city), applicants.on)


def _knowledge(judgement: Judgement) -> str:
    return f", on what was known on {judgement.known_on}" if judgement.known_on else ""


def describe_transition(changed: Transition) -> dict[str, JsonValue]:
    """Give two decisions about one applicant as data: versions, outcomes, digests."""
    return {
        "subject": changed.after.subject.value,
        "name": changed.after.subject_name,
        "before": {
            "version": changed.before.version.version,
            "outcome": changed.before.outcome.value,
            "digest": changed.before.digest,
        },
        "after": {
            "version": changed.after.version.version,
            "outcome": changed.after.outcome.value,
            "digest": changed.after.digest,
        },
        "sentence": changed.sentence,
    }


def _in_brief(decision: Decision) -> str:
    if decision.outcome is Outcome.INCOMPLETE:
        return "; ".join(
            f"{decision.whose(lack)}{lack.fact} ({lack.reason.value})" for lack in decision.needed
        )
    if decision.outcome is Outcome.CONDITIONAL:
        return "; ".join(str(duty) for duty in decision.obligations)
    decisive = decision.finding.decisive_leaves
    return "; ".join(
        f"{decision.whose(leaf)}{leaf.rule.requirement}: {leaf.verdict.value}" for leaf in decisive
    )


def _sets(sets: tuple[tuple[object, ...], ...]) -> list[str]:
    return ["; ".join(str(criterion) for criterion in one) for one in sets if one]


def _ways_document(decision: Decision, ways: Ways, evidence: NextEvidence) -> dict[str, JsonValue]:
    return {
        "format": "utm.ways",
        "version": 1,
        "subject": decision.subject.value,
        "outcome": decision.outcome.value,
        "ways": [
            {
                "outcome": way.decision.outcome.value,
                "every_part_tried": way.every_part_tried,
                "changes": [
                    {
                        "criterion": change.criterion,
                        "subject": change.subject.value,
                        "text": change.text,
                    }
                    for change in way.changes
                ],
            }
            for way in ways.ways
        ],
        "complete": ways.complete,
        "obstacles": [
            {
                "criterion": obstacle.criterion,
                "subject": obstacle.subject.value,
                "text": obstacle.text,
                "short_inhabitants": obstacle.short_inhabitants,
            }
            for obstacle in ways.obstacles
        ],
        "to_admit": [[str(one) for one in each] for each in evidence.to_admit],
        "to_refuse": [[str(one) for one in each] for each in evidence.to_refuse],
    }
