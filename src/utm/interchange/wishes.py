"""From a record to what an applicant promises, seeks and offers."""

from __future__ import annotations

import math

from pendulum import Date

from utm.domain import Commitment, CommitmentStatement, Need, Offer, TopicId
from utm.interchange.columns import MOST_NEEDS, MOST_OFFERS
from utm.interchange.facts import STATED
from utm.interchange.problems import Problems
from utm.interchange.record import Record

__all__ = ["COMMITMENT_COLUMNS", "commitments_of", "needs_of", "offers_of"]

COMMITMENT_COLUMNS = {
    "commits_to_engage": Commitment.ENGAGE,
    "commits_resources": Commitment.ALLOCATE_RESOURCES,
}
_ROUNDING = 1e-9


def commitments_of(record: Record) -> tuple[CommitmentStatement, ...]:
    """The promises that a record answers with yes or no."""
    stated_on = record.value("submitted_on", Date)
    answers = ((name, record.value(name, bool)) for name in COMMITMENT_COLUMNS)
    return tuple(
        CommitmentStatement(
            commitment=COMMITMENT_COLUMNS[name], given=given, source=STATED, stated_on=stated_on
        )
        for name, given in answers
        if given is not None
    )


def needs_of(record: Record, problems: Problems) -> tuple[Need, ...]:
    """The needs of a record; their weights become shares that sum to 1."""
    columns = _topic_columns(record, "need", MOST_NEEDS, "weight", problems)
    weights = [record.value(f"{column}_weight", float) for column in columns]
    unweighted = [column for column in columns if record.is_blank(f"{column}_weight")]
    if unweighted and record.holds(*(f"{column}_weight" for column in columns)):
        reason = "is not known although other needs have a weight"
        remedy = "Give every need a weight, or none."
        record.report(problems, f"{unweighted[0]}_weight", reason, remedy)
    if len(problems):
        return ()
    return tuple(
        Need(
            topic=topic,
            weight_share=share,
            statement=record.value(f"{column}_in_words", str),
        )
        for column, share in zip(columns, _shares(weights), strict=True)
        if (topic := record.value(column, TopicId)) is not None
    )


def offers_of(record: Record, problems: Problems) -> tuple[Offer, ...]:
    """The offers of a record, each with its maturity."""
    offers: list[Offer] = []
    for column in _topic_columns(record, "offer", MOST_OFFERS, "maturity", problems):
        maturity = record.value(f"{column}_maturity", int)
        topic = record.value(column, TopicId)
        if record.is_blank(f"{column}_maturity"):
            remedy = "Write 1 (an idea) to 5 (at full scale with results)."
            record.report(
                problems, f"{column}_maturity", "is not known although the offer is given", remedy
            )
        elif topic is not None and maturity is not None:
            statement = record.value(f"{column}_in_words", str)
            offers.append(Offer(topic=topic, maturity=maturity, statement=statement))
    return tuple(offers)


def _topic_columns(
    record: Record, kind: str, most: int, detail: str, problems: Problems
) -> list[str]:
    """The columns that hold a topic, each topic once."""
    columns: list[str] = []
    seen: dict[TopicId, str] = {}
    for column in (f"{kind}_{at}" for at in range(1, most + 1)):
        topic = record.value(column, TopicId)
        if topic is None:
            if record.is_blank(column) and record.holds(f"{column}_{detail}", f"{column}_in_words"):
                reason = f"is not known although its {detail} or its words are given"
                record.report(
                    problems, column, reason, "Name the topic, or leave out what is said about it."
                )
        elif topic in seen:
            reason = f"names the topic of '{seen[topic]}' again"
            record.report(problems, column, reason, "Name each topic once.")
        else:
            seen[topic] = column
            columns.append(column)
    return columns


def _shares(weights: list[float | None]) -> list[float]:
    given = [weight for weight in weights if weight is not None]
    if not given:
        return [1 / len(weights) for _ in weights]
    total = math.fsum(given)
    # Shares are kept to the last digit, so that a file that we wrote is read as it was.
    return given if abs(total - 1) <= _ROUNDING else [weight / total for weight in given]
