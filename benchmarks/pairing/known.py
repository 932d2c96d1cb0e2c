"""The best that is known of each published instance, with the files that prove it.

``best_known.json`` lists name, fingerprint, score and bound; ``answers/NAME.json`` holds the
groups and, where the bound follows from prices, the prices. Nothing here has to be believed:
``python -m benchmarks.pairing check --all`` works everything out again.
"""

import json
from pathlib import Path

from attrs import asdict, evolve, frozen

from benchmarks.pairing.answers import Answer, AnswerError, read_answer
from benchmarks.pairing.naming import order_of, problem_of
from utm.pairing import Problem, evaluate
from utm.pairing.bound_check import undersold
from utm.pairing.definition import Definition
from utm.pairing.instances import fingerprint
from utm.pairing.limits import Limits

HERE = Path(__file__).resolve().parent
LIST, ANSWERS = HERE / "best_known.json", HERE / "answers"
BY_PRICES, BY_BRANCHING = "prices", "branch and bound"
MOST_FOR_EVERY_GROUP = 400


@frozen(kw_only=True)
class Known:
    """What is known of one instance.

    Parameters
    ----------
    instance, fingerprint
        Which problem it is.
    score
        Worth of the best known grouping in millionths; its groups are in ``answers``.
    bound
        No grouping is worth more, in millionths.
    bound_by
        ``prices`` where the prices beside the groups prove it; ``branch and bound`` where it
        rests on an integer program over all groups that matter, which leaves no witness.
    price_bound
        What the prices prove, at least ``bound``.
    found_by
        Who or what found the grouping.
    """

    instance: str
    fingerprint: str
    score: int
    bound: int
    bound_by: str
    price_bound: int
    found_by: str

    @property
    def is_closed(self) -> bool:
        return self.score == self.bound


@frozen(kw_only=True)
class Finding:
    """What an answer is worth, worked out without the code that found it.

    Parameters
    ----------
    score
        Worth of its groups in millionths.
    faults
        Rules that its groups break, and prices that are too low.
    price_bound
        What its prices prove; ``None`` where it has none or they were not checked.
    """

    score: int
    faults: tuple[str, ...]
    price_bound: int | None


def read_known() -> dict[str, Known]:
    if not LIST.exists():
        return {}
    document = json.loads(LIST.read_text(encoding="utf-8"))
    return {entry["instance"]: Known(**entry) for entry in document["instances"]}


def write_known(known: dict[str, Known]) -> None:
    ordered = sorted(known.values(), key=lambda one: order_of(one.instance))
    lines = [json.dumps(asdict(one)) for one in ordered]
    text = (
        '{"format": "utm.pairing-best-known", "version": 1, "instances": [\n '
        + ",\n ".join(lines)
        + "\n]}\n"
    )
    LIST.write_text(text, encoding="utf-8")


def answer_path(instance: str) -> Path:
    return ANSWERS / f"{instance}.json"


def examine(problem: Problem, answer: Answer, *, every_group: bool) -> Finding:
    """Work out what an answer is worth and what its prices prove.

    ``every_group`` asks whether any admissible group is worth more than its prices: cubic.
    """
    found = evaluate(problem, answer.groups)
    faults = [fault for group in found.groups for fault in group.violations]
    faults += found.violations
    if not answer.prices:
        return Finding(score=found.score, faults=tuple(faults), price_bound=None)
    ids = sorted(one.id for one in problem.participants)
    definition = Definition(problem)
    places = Limits(definition).places
    if len(answer.prices) != len(ids) or set(answer.capacity_prices) != set(places):
        faults.append("There is not one price for each participant and each capacity.")
        return Finding(score=found.score, faults=tuple(faults), price_bound=None)
    prices = dict(zip(ids, answer.prices, strict=True))
    faults += sign_faults(problem, prices, answer.capacity_prices)
    total = sum(prices.values())
    total += sum(price * places[name] for name, price in answer.capacity_prices.items())
    if not every_group:
        return Finding(score=found.score, faults=tuple(faults), price_bound=None)
    faults += undersold(definition, prices, answer.capacity_prices)
    return Finding(score=found.score, faults=tuple(faults), price_bound=total)


def sign_faults(problem: Problem, prices: dict[str, int], tolls: dict[str, int]) -> list[str]:
    """Prices below zero prove nothing, but for those that must be placed."""
    locked = {name for lock in problem.policy.locks for name in lock.members}
    low = [name for name, price in prices.items() if price < 0 and name not in locked]
    low += [name for name, toll in tolls.items() if toll < 0 and name not in Limits.FREE]
    return [f"{name} has a price below zero." for name in low]


def record(answer: Answer, finding: Finding, *, trusts_bound: bool) -> str:
    """Keep an answer where it is better than what is known, and say what it did.

    A bound below the prices is a claim without a witness: it is taken over from the library's
    own runs (``trusts_bound``) and from nobody else.

    Raises
    ------
    AnswerError
        It does not hold, or it is the first of its instance and has no prices.
    """
    instance = str(answer.instance)
    known = read_known()
    before = known.get(instance)
    if finding.faults or (finding.price_bound is None and before is None):
        raise AnswerError(f"{instance}: {'; '.join(finding.faults[:5]) or 'no prices, no bound'}")
    now = noted(answer, finding, before, trusts_bound=trusts_bound)
    if before and (now.score <= before.score and now.bound >= before.bound):
        return f"{instance}: as known, {before.score} of at most {before.bound}"
    if before:
        has_better, has_tighter = now.score > before.score, now.bound < before.bound
        best, tight = (now if has_better else before), (now if has_tighter else before)
        now = evolve(
            best, bound=tight.bound, bound_by=tight.bound_by, price_bound=tight.price_bound
        )
        answer = merged(instance, answer, has_better=has_better, has_tighter=has_tighter)
    ANSWERS.mkdir(exist_ok=True)
    answer_path(instance).write_text(answer.text(), encoding="utf-8")
    write_known({**known, instance: now})
    return f"{instance}: now {now.score} of at most {now.bound}"


def noted(answer: Answer, finding: Finding, before: Known | None, *, trusts_bound: bool) -> Known:
    """An answer as a line of the list; without prices it has the bound that was known."""
    total = finding.price_bound
    bound, by = total, BY_PRICES
    if total is None and before:
        bound, by, total = before.bound, before.bound_by, before.price_bound
    elif trusts_bound and answer.claimed_bound is not None and answer.claimed_bound < total:
        bound, by = answer.claimed_bound, BY_BRANCHING
    instance = str(answer.instance)
    return Known(
        instance=instance,
        fingerprint=fingerprint(problem_of(instance)),
        score=finding.score,
        bound=bound,
        bound_by=by,
        price_bound=total,
        found_by=answer.by,
    )


def merged(instance: str, new: Answer, *, has_better: bool, has_tighter: bool) -> Answer:
    """The better groups and the tighter prices of what was kept and what is new."""
    old = read_answer(answer_path(instance))
    groups, prices = (new if has_better else old), (new if has_tighter else old)
    return evolve(
        groups,
        prices=prices.prices,
        capacity_prices=prices.capacity_prices,
        claimed_bound=prices.claimed_bound,
    )
