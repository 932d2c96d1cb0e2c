"""Groups of two to four that learn together, with the proof of how good they are.

Nothing heavy is loaded before it is needed: the nouns bring attrs alone, and
`solve` brings NumPy and HiGHS when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utm.domain.exchange import Need, Offer
    from utm.pairing.auditing import Audit, BlockingGroup, Gain, audit
    from utm.pairing.check import Check, Verification
    from utm.pairing.envy import Envy
    from utm.pairing.evaluation import EvaluatedGroup, Evaluation, ProposedGroup, evaluate
    from utm.pairing.explaining import Explanation, explain
    from utm.pairing.fairness import Aim, OtherGrouping, grouping_for
    from utm.pairing.group import UNIT, Group, MemberScore, ScorePart
    from utm.pairing.json_schema import problem_schema, result_schema
    from utm.pairing.leaving import Departure, Loss, departures
    from utm.pairing.pair_parts import PairPart
    from utm.pairing.participant import Participant
    from utm.pairing.parting import parts_of, solve_in_parts
    from utm.pairing.policy import (
        ContextWeights,
        ExchangeRule,
        FocusKind,
        LanguageRule,
        Policy,
    )
    from utm.pairing.policy_entries import (
        Allowance,
        Conflict,
        Exclusion,
        LanguageCapacity,
        Lock,
        Priority,
        ThemeCapacity,
    )
    from utm.pairing.problem import Problem
    from utm.pairing.repairing import Repair, Trade, repair
    from utm.pairing.replacing import Alternative, alternatives
    from utm.pairing.result import (
        BoundScope,
        CapacityPrice,
        GroupPrice,
        Note,
        Price,
        Result,
        Statistics,
        Status,
        Unmatched,
    )
    from utm.pairing.solving import solve
    from utm.pairing.stopping import (
        AllOf,
        AnyOf,
        GapBelow,
        MaxRounds,
        MaxRuntime,
        Progress,
        StopCriterion,
    )
    from utm.pairing.supposing import Change, WhatIf, what_if
    from utm.pairing.sweeping import Recurrence, Sweep, sweep
    from utm.pairing.verification import verify
    from utm.pairing.withdrawing import Withdrawal, withdraw

__all__ = [
    "UNIT",
    "Aim",
    "AllOf",
    "Allowance",
    "Alternative",
    "AnyOf",
    "Audit",
    "BlockingGroup",
    "BoundScope",
    "CapacityPrice",
    "Change",
    "Check",
    "Conflict",
    "ContextWeights",
    "Departure",
    "Envy",
    "EvaluatedGroup",
    "Evaluation",
    "ExchangeRule",
    "Exclusion",
    "Explanation",
    "FocusKind",
    "Gain",
    "GapBelow",
    "Group",
    "GroupPrice",
    "LanguageCapacity",
    "LanguageRule",
    "Lock",
    "Loss",
    "MaxRounds",
    "MaxRuntime",
    "MemberScore",
    "Need",
    "Note",
    "Offer",
    "OtherGrouping",
    "PairPart",
    "Participant",
    "Policy",
    "Price",
    "Priority",
    "Problem",
    "Progress",
    "ProposedGroup",
    "Recurrence",
    "Repair",
    "Result",
    "ScorePart",
    "Statistics",
    "Status",
    "StopCriterion",
    "Sweep",
    "ThemeCapacity",
    "Trade",
    "Unmatched",
    "Verification",
    "WhatIf",
    "Withdrawal",
    "alternatives",
    "audit",
    "departures",
    "evaluate",
    "explain",
    "grouping_for",
    "parts_of",
    "problem_schema",
    "repair",
    "result_schema",
    "solve",
    "solve_in_parts",
    "sweep",
    "verify",
    "what_if",
    "withdraw",
]

_HOMES = {
    "utm.domain.exchange": ("Need", "Offer"),
    "utm.pairing.replacing": ("Alternative", "alternatives"),
    "utm.pairing.auditing": ("Audit", "BlockingGroup", "Gain", "audit"),
    "utm.pairing.envy": ("Envy",),
    "utm.pairing.evaluation": ("EvaluatedGroup", "Evaluation", "ProposedGroup", "evaluate"),
    "utm.pairing.explaining": ("Explanation", "explain"),
    "utm.pairing.fairness": ("Aim", "OtherGrouping", "grouping_for"),
    "utm.pairing.group": ("UNIT", "Group", "MemberScore", "ScorePart"),
    "utm.pairing.json_schema": ("problem_schema", "result_schema"),
    "utm.pairing.leaving": ("Departure", "Loss", "departures"),
    "utm.pairing.pair_parts": ("PairPart",),
    "utm.pairing.participant": ("Participant",),
    "utm.pairing.parting": ("parts_of", "solve_in_parts"),
    "utm.pairing.policy": (
        "ContextWeights",
        "ExchangeRule",
        "FocusKind",
        "LanguageRule",
        "Policy",
    ),
    "utm.pairing.policy_entries": (
        "Allowance",
        "Conflict",
        "Exclusion",
        "LanguageCapacity",
        "Lock",
        "Priority",
        "ThemeCapacity",
    ),
    "utm.pairing.problem": ("Problem",),
    "utm.pairing.repairing": ("Repair", "Trade", "repair"),
    "utm.pairing.result": (
        "BoundScope",
        "CapacityPrice",
        "GroupPrice",
        "Note",
        "Price",
        "Result",
        "Statistics",
        "Status",
        "Unmatched",
    ),
    "utm.pairing.solving": ("solve",),
    "utm.pairing.stopping": (
        "AllOf",
        "AnyOf",
        "GapBelow",
        "MaxRounds",
        "MaxRuntime",
        "Progress",
        "StopCriterion",
    ),
    "utm.pairing.sweeping": ("Recurrence", "Sweep", "sweep"),
    "utm.pairing.check": ("Check", "Verification"),
    "utm.pairing.verification": ("verify",),
    "utm.pairing.supposing": ("Change", "WhatIf", "what_if"),
    "utm.pairing.withdrawing": ("Withdrawal", "withdraw"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOME[name]), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
