"""Judgement: may this city join, on this day, on this evidence, and what would change the answer.

Answers have three values. What is missing is unknown with a reason, never a
guess and never "no". Rules are frozen data, dated and cited.
"""

from utm.rules.case import Case, Rule, examine
from utm.rules.decision import Decision, Outcome
from utm.rules.finding import Finding, MissingEvidence, Obligation, Remark, Threshold, VersionStamp
from utm.rules.interpretations import (
    ConflictReading,
    GraceClock,
    Interpretations,
    OpenQuestion,
    PopulationReading,
    TownsReading,
    UndatedReading,
)
from utm.rules.rulebook import Deadline, Rulebook, RulebookVersion
from utm.rules.verdict import Verdict

__all__ = [
    "Case",
    "ConflictReading",
    "Deadline",
    "Decision",
    "Finding",
    "GraceClock",
    "Interpretations",
    "MissingEvidence",
    "Obligation",
    "OpenQuestion",
    "Outcome",
    "PopulationReading",
    "Remark",
    "Rule",
    "Rulebook",
    "RulebookVersion",
    "Threshold",
    "TownsReading",
    "UndatedReading",
    "Verdict",
    "VersionStamp",
    "examine",
]
