"""Judgement: may this city join, on this day, on this evidence, and what would change the answer.

Answers have three values. What is missing is unknown with a reason, never a
guess and never "no". Rules are frozen data, dated and cited. The rulebooks that
ship with the library are in `utm.rules.library`.
"""

from utm.rules.analysis import (
    Comparison,
    Flaw,
    FlawKind,
    Relation,
    compare_rulebooks,
    compare_rules,
    find_example,
    find_flaws,
)
from utm.rules.batch import assess_many, judge_many
from utm.rules.case import Case, Rule, examine
from utm.rules.change import Change, Effort, apply_changes
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Composable, Not
from utm.rules.coming import ComingChange, find_coming_changes
from utm.rules.commitment import CommitmentGiven
from utm.rules.conclusion import Combination, conclude
from utm.rules.decision import LIBRARY_VERSION, Decision, Outcome
from utm.rules.evidence import Evidence, MissingEvidence, Obligation, Remark
from utm.rules.finding import Criterion, Finding, Threshold, VersionStamp
from utm.rules.impact import Impact, Transition, compare_decisions, compare_many
from utm.rules.interpretations import (
    ConflictReading,
    GraceClock,
    Interpretations,
    OpenQuestion,
    PopulationReading,
    TownsReading,
    UndatedReading,
)
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.next_evidence import NextEvidence, OpenCriterion, find_next_evidence
from utm.rules.notation import (
    content_hash,
    read_rulebook,
    rule_as_plain,
    rulebook_schema,
    write_rulebook,
)
from utm.rules.options import Obstacle
from utm.rules.parameter import Number, Parameter, ParameterValue
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.record import (
    DecisionRecord,
    RecordedAnswer,
    RecordReplay,
    record_decision,
    replay_record,
)
from utm.rules.rendering import (
    as_dict,
    as_markdown,
    as_mermaid,
    decision_as_dict,
    decision_as_markdown,
)
from utm.rules.replay import Replay, replay_under, replayed
from utm.rules.residual import find_residual
from utm.rules.rulebook import Deadline, Rulebook, RulebookVersion
from utm.rules.rulebook_cases import (
    CaseFailure,
    CaseReport,
    ExpectedVerdict,
    RulebookCase,
    RulebookCases,
    UnseenAnswer,
    check_cases,
)
from utm.rules.summary import Screening, find_unseen, screen
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict
from utm.rules.verdict_table import VerdictTable
from utm.rules.ways import Way, Ways, find_ways

__all__ = [
    "LIBRARY_VERSION",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Case",
    "CaseFailure",
    "CaseReport",
    "Change",
    "Combination",
    "ComingChange",
    "CommitmentGiven",
    "Comparison",
    "Composable",
    "ConflictReading",
    "Criterion",
    "Deadline",
    "Decision",
    "DecisionRecord",
    "Effort",
    "Evidence",
    "Exists",
    "ExpectedVerdict",
    "Finding",
    "Flaw",
    "FlawKind",
    "ForAll",
    "ForAtLeast",
    "GraceClock",
    "Impact",
    "Interpretations",
    "MinimumPopulation",
    "MissingEvidence",
    "NetworkSignatory",
    "NextEvidence",
    "Not",
    "Number",
    "Obligation",
    "Obstacle",
    "OpenCriterion",
    "OpenQuestion",
    "Outcome",
    "Parameter",
    "ParameterValue",
    "PopulationReading",
    "RecordReplay",
    "RecordedAnswer",
    "Relation",
    "Remark",
    "Replay",
    "Rule",
    "Rulebook",
    "RulebookCase",
    "RulebookCases",
    "RulebookVersion",
    "Screening",
    "ShareOfInhabitants",
    "Threshold",
    "TownsReading",
    "Transition",
    "UndatedReading",
    "UnseenAnswer",
    "Urbanised",
    "Verdict",
    "VerdictTable",
    "VersionStamp",
    "Way",
    "Ways",
    "WholeCityPlan",
    "apply_changes",
    "as_dict",
    "as_markdown",
    "as_mermaid",
    "assess_many",
    "check_cases",
    "compare_decisions",
    "compare_many",
    "compare_rulebooks",
    "compare_rules",
    "conclude",
    "content_hash",
    "decision_as_dict",
    "decision_as_markdown",
    "examine",
    "find_coming_changes",
    "find_example",
    "find_flaws",
    "find_next_evidence",
    "find_residual",
    "find_unseen",
    "find_ways",
    "judge_many",
    "read_rulebook",
    "record_decision",
    "replay_record",
    "replay_under",
    "replayed",
    "rule_as_plain",
    "rulebook_schema",
    "screen",
    "write_rulebook",
]
