# ruff: noqa: PLC0415 - an engine is loaded only where it is installed
"""The four criteria of the cohort in other engines, each written as its manual shows.

Every peer takes a list of plain facts (a missing fact is left out) and gives a list of answers,
``True`` or ``False``. None of them has a third answer.
"""

import importlib.util
from collections.abc import Callable
from importlib.metadata import version

Facts = dict[str, object]
Judge = Callable[[list[Facts]], list[bool]]

CONDITION = (
    "population >= 50000 and (gcom == 'signatory' or gcom == 'committed')"
    " and plan == 'whole city' and engage"
)


def plain_python() -> Judge:
    """A function that a careful colleague would write, with ``dict.get``."""

    def eligible(facts: Facts) -> bool:
        return (
            facts.get("population", 0) >= 50_000
            and facts.get("gcom") in ("signatory", "committed")
            and facts.get("plan") == "whole city"
            and facts.get("engage", False)
        )

    return lambda subjects: [eligible(facts) for facts in subjects]


def zen_engine() -> Judge:
    """An expression compiled once, evaluated in Rust for each subject."""
    import zen

    expression = zen.compile_expression(CONDITION)
    return lambda subjects: [expression.evaluate(facts) for facts in subjects]


def rule_engine() -> Judge:
    """A rule over dictionaries; a missing key is null, as its context allows."""
    import rule_engine as engine

    rule = engine.Rule(CONDITION, context=engine.Context(default_value=None))
    return lambda subjects: [rule.matches(facts) for facts in subjects]


def django_rules() -> Judge:
    """Predicates combined by ``&`` and ``|``."""
    import rules

    @rules.predicate
    def large(facts: Facts) -> bool:
        return facts.get("population", 0) >= 50_000

    @rules.predicate
    def signatory(facts: Facts) -> bool:
        return facts.get("gcom") == "signatory"

    @rules.predicate
    def committed(facts: Facts) -> bool:
        return facts.get("gcom") == "committed"

    @rules.predicate
    def planned(facts: Facts) -> bool:
        return facts.get("plan") == "whole city"

    @rules.predicate
    def engaged(facts: Facts) -> bool:
        return facts.get("engage", False)

    rule = large & (signatory | committed) & planned & engaged
    return lambda subjects: [rule(facts) for facts in subjects]


def openfisca() -> Judge:
    """Variables over columns; a fact that is not given has its type's default."""
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    city = build_entity(key="city", plural="cities", label="city", is_person=True)
    system = TaxBenefitSystem([city])

    def variable(name: str, kind: type, **more: object) -> type:
        shape = {"value_type": kind, "entity": city, "definition_period": DateUnit.MONTH}
        return type(name, (Variable,), {**shape, "label": name, **more})

    def formula(cities: object, period: object) -> object:
        return (
            (cities("population", period) >= 50_000)
            * ((cities("gcom", period) == "signatory") + (cities("gcom", period) == "committed"))
            * (cities("plan", period) == "whole city")
            * cities("engage", period)
        )

    kinds = {"population": int, "gcom": str, "plan": str, "engage": bool}
    for name, kind in kinds.items():
        system.add_variable(variable(name, kind))
    system.add_variable(variable("eligible", bool, formula=formula))
    types = {"population": np.int32, "gcom": object, "plan": object, "engage": bool}
    defaults = {"population": 0, "gcom": "", "plan": "", "engage": False}

    def judge(subjects: list[Facts]) -> list[bool]:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(subjects))
        for name, default in defaults.items():
            given = [facts.get(name, default) for facts in subjects]
            column = [default if fact is None else fact for fact in given]
            simulation.set_input(name, "2024-06", np.array(column, dtype=types[name]))
        return simulation.calculate("eligible", "2024-06").tolist()

    return judge


PEERS: dict[str, tuple[str, Callable[[], Judge]]] = {
    "a plain Python function": ("", plain_python),
    "OpenFisca-Core": ("openfisca_core", openfisca),
    "zen-engine": ("zen", zen_engine),
    "rule-engine": ("rule_engine", rule_engine),
    "django-rules": ("rules", django_rules),
}
DISTRIBUTIONS = {
    "openfisca_core": "openfisca-core",
    "zen": "zen-engine",
    "rule_engine": "rule-engine",
    "rules": "rules",
}


def installed_peers() -> dict[str, Judge]:
    """The peers that this environment has, each under its name and version."""
    found = {}
    for name, (module, make) in PEERS.items():
        if not module:
            found[name] = make()
        elif importlib.util.find_spec(module):
            found[f"{name} {version(DISTRIBUTIONS[module])}"] = make()
    return found
