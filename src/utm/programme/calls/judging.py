"""Judge an application of a call under the rules of its moment, and write the letter."""

from __future__ import annotations

import re

from attrs import frozen
from pendulum import Date

from utm.domain import ApplicationId, Waiver
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.calls.state import CallState
from utm.rules import Decision, Interpretations, Outcome, Verdict

__all__ = ["DecisionLetter", "judge_application", "write_letter"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_NEWS = {
    Outcome.ELIGIBLE: "meets all the rules of the call.",
    Outcome.CONDITIONAL: "meets the rules of the call on the conditions below.",
    Outcome.ELIGIBLE_BY_WAIVER: "may take part, since an exception was made as told below.",
    Outcome.INCOMPLETE: "cannot be judged yet, since the evidence below is missing. "
    "Missing evidence is not a refusal.",
    Outcome.INELIGIBLE: "does not meet the rules of the call, for the reasons below.",
}


def judge_application(
    state: CallState,
    key: ApplicationId,
    *,
    on: Date,
    waivers: tuple[Waiver, ...] = (),
    interpretations: Interpretations | None = None,
) -> Decision:
    """Judge an application by the version in force when it arrived.

    Parameters
    ----------
    state
        The call.
    key
        The application.
    on
        The day that the facts are judged for.
    waivers, interpretations
        As for [Rulebook.assess][utm.rules.Rulebook.assess].

    Raises
    ------
    InvalidValueError
        The call has no such application.
    """
    record = state.record_of(key)
    if record is None:
        raise InvalidValueError(kind="application", value=key.value, reason="has not arrived")
    return state.rulebook.assess(
        record.application, on=on, waivers=waivers, interpretations=interpretations
    )


@frozen(kw_only=True)
class DecisionLetter:
    """A letter to an applicant that tells a decision with all its reasons.

    Parameters
    ----------
    subject
        The subject line.
    paragraphs
        The text; a paragraph that begins with ``- `` is an item of a list.
    """

    subject: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return "\n".join([self.subject, "", *self.paragraphs, ""])

    @property
    def markdown(self) -> str:
        """The letter as Markdown; text of others is escaped."""
        lines = [f"# {_escape(self.subject)}", ""]
        for paragraph in self.paragraphs:
            if paragraph.startswith("- "):
                lines.append(f"- {_escape(paragraph[2:])}")
            else:
                lines += ["", _escape(paragraph), ""]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def write_letter(
    decision: Decision, *, call_title: str, signed_by: str, on: Date
) -> DecisionLetter:
    """Write the letter that tells a decision; every sentence of it comes from the findings.

    Parameters
    ----------
    decision
        What the rules said.
    call_title
        The call as the applicant knows it.
    signed_by
        Who answers for the letter.
    on
        Day of the letter.
    """
    require_date(on, kind="day of a letter")
    name = decision.subject_name
    version = decision.version
    body = [
        f"{on}",
        f"To {name}",
        f"{name} {_NEWS[decision.outcome]}",
        *_items("What must be done, and by when:", [str(one) for one in decision.obligations]),
        *_items("What we need from you:", [str(one) for one in decision.needed]),
        *_items("Which rule is not met, and what we saw:", _against(decision)),
        *_items("Exceptions that were made:", [one.sentence for one in decision.excused]),
        *_items("What was found:", _findings(decision)),
        (
            f"Your application was judged for {decision.day} by version {version.version} of the "
            f"rules {version.rulebook}, which was in force {version.in_force}. "
            f"Quote record {decision.digest[:16]} if you ask us to look at it again."
        ),
        signed_by,
    ]
    return DecisionLetter(subject=f"{call_title}: {name}", paragraphs=tuple(map(_one_line, body)))


def _against(decision: Decision) -> list[str]:
    if decision.outcome is not Outcome.INELIGIBLE:
        return []
    return [leaf.sentence for leaf in decision.finding.decisive_leaves]


def _findings(decision: Decision) -> list[str]:
    leaves = [finding for finding in decision.finding.walk() if not finding.parts]
    return [leaf.sentence for leaf in leaves if leaf.verdict is Verdict.MET]


def _items(head: str, items: list[str]) -> list[str]:
    return [head, *(f"- {item}" for item in items)] if items else []


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
