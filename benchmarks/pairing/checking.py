"""Whether an answer is what it says, and whether it is better than the best known."""

from pathlib import Path

from attrs import frozen

from benchmarks.pairing.answers import Answer, AnswerError, read_answer
from benchmarks.pairing.known import (
    BY_PRICES,
    MOST_FOR_EVERY_GROUP,
    Finding,
    Known,
    answer_path,
    examine,
    read_known,
)
from benchmarks.pairing.naming import problem_of
from utm.errors import InvalidValueError
from utm.pairing import UNIT
from utm.pairing.instances import fingerprint


@frozen(kw_only=True)
class Judgement:
    """An answer, what it is worth, and whether it may stand."""

    answer: Answer
    finding: Finding
    sentences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.finding.faults


def check(path: Path, *, instance: str | None, every_group: bool | None) -> Judgement:
    """Judge a file: rules, worth, prices, and what is known so far.

    Raises
    ------
    AnswerError
        The file is no answer, or names no instance.
    """
    answer = read_answer(path)
    name = answer.instance or instance
    if not name:
        raise AnswerError(f"{path.name} does not say which instance it answers: add --instance")
    if instance and answer.instance and instance != answer.instance:
        raise AnswerError(f"{path.name} answers {answer.instance} and not {instance}")
    try:
        problem = problem_of(name)
    except InvalidValueError as error:
        raise AnswerError(f"{path.name}: {error}") from error
    known = read_known().get(name)
    if known and known.fingerprint != fingerprint(problem):
        raise AnswerError(f"{name} is not generated as it was published: a bug, please report it")
    if every_group is None:
        every_group = len(problem.participants) <= MOST_FOR_EVERY_GROUP
    finding = examine(problem, answer, every_group=every_group)
    return Judgement(
        answer=answer,
        finding=finding,
        sentences=tuple(sentences(name, answer, finding, known)),
    )


def sentences(name: str, answer: Answer, finding: Finding, known: Known | None) -> list[str]:
    """What is to be said of an answer."""
    if finding.faults:
        return [f"{name}: the answer does not hold.", *(f"- {fault}" for fault in finding.faults)]
    told = [f"{name}: the groups keep every rule and are worth {finding.score / UNIT:.6f}."]
    if finding.price_bound is not None:
        told.append(
            f"The prices prove that none is worth more than {finding.price_bound / UNIT:.6f}."
        )
    elif answer.prices:
        told.append("The prices were not checked: --every-group does it, in cubic time.")
    if known is None:
        return [*told, "The instance is not in the published set: nothing to compare with."]
    told.append(f"Best known: {known.score / UNIT:.6f}, at most {known.bound / UNIT:.6f}.")
    if finding.score > known.bound:
        told.append("That is above the published bound: one of the two is wrong. Please report it.")
    elif finding.score > known.score:
        told.append(f"BETTER than the best known, by {(finding.score - known.score) / UNIT:.6f}.")
    elif finding.score == known.score:
        told.append(
            "As good as the best known" + (", which is optimal." if known.is_closed else ".")
        )
    else:
        told.append(f"Below the best known by {1 - finding.score / known.score:.3%}.")
    if finding.price_bound is not None and finding.price_bound < known.bound:
        told.append("BETTER bound than the best known.")
    return told


def check_published(*, every_group: bool) -> list[str]:
    """Work out every published line again; what does not hold is returned."""
    faults = []
    for name, known in read_known().items():
        small = len(problem_of(name).participants) <= MOST_FOR_EVERY_GROUP
        judged = check(answer_path(name), instance=name, every_group=every_group and small)
        faults += [f"{name}: {fault}" for fault in judged.finding.faults]
        if judged.finding.score != known.score:
            faults.append(f"{name}: worth {judged.finding.score} and not {known.score}")
        proven = judged.finding.price_bound
        if proven is not None and proven != known.price_bound:
            faults.append(f"{name}: the prices prove {proven} and not {known.price_bound}")
        if known.bound_by == BY_PRICES and known.bound != known.price_bound:
            faults.append(f"{name}: the bound is not the one of the prices")
        if not known.score <= known.bound <= known.price_bound:
            faults.append(f"{name}: score ≤ bound ≤ price bound does not hold")
    return faults
