"""Every kind of rule that can be written down, with its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from utm.domain.application import Commitment
from utm.domain.city import DegreeOfUrbanisation
from utm.domain.plan import PlanKind
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.commitment import CommitmentGiven
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.notation.numbers import number
from utm.rules.notation.values import (
    FLAG,
    MOST_ITEMS,
    NETWORK,
    NULLABLE_SOURCE,
    TEXT,
    Codec,
    member,
    members,
    whole,
)
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.urbanisation import Urbanised

__all__ = ["RULE_KINDS", "RuleKind", "kind_of"]

_MOST_INHABITANTS = 1_000_000_000


@frozen(kw_only=True)
class RuleKind:
    """How one class of rules is written down.

    Parameters
    ----------
    name
        Its name in a document.
    build
        Its class.
    required, optional
        Fields that hold values, with how each is written.
    one_rule
        Name of the field that holds one rule, if any.
    many_rules
        Name of the field that holds several rules, if any.
    """

    name: str
    build: Callable[..., Rule]
    required: Mapping[str, Codec]
    optional: Mapping[str, Codec]
    one_rule: str = ""
    many_rules: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that a document may give, the kind itself left out."""
        rules = [name for name in (self.one_rule, self.many_rules) if name]
        return (*self.required, *self.optional, *rules)


_TITLED: Mapping[str, Codec] = {"id": TEXT, "title": TEXT, "source": NULLABLE_SOURCE}
_CITED: Mapping[str, Codec] = {"source": NULLABLE_SOURCE}

_LISTED = (
    RuleKind(name="all-of", build=AllOf, required={}, optional=_TITLED, many_rules="parts"),
    RuleKind(name="any-of", build=AnyOf, required={}, optional=_TITLED, many_rules="parts"),
    RuleKind(name="not", build=Not, required={}, optional=_TITLED, one_rule="part"),
    RuleKind(
        name="at-least",
        build=AtLeast,
        required={"count": whole(1, MOST_ITEMS)},
        optional=_TITLED,
        many_rules="parts",
    ),
    RuleKind(name="for-all", build=ForAll, required={}, optional=_TITLED, one_rule="rule"),
    RuleKind(name="exists", build=Exists, required={}, optional=_TITLED, one_rule="rule"),
    RuleKind(
        name="for-at-least",
        build=ForAtLeast,
        required={"count": whole(1, MOST_ITEMS)},
        optional=_TITLED,
        one_rule="rule",
    ),
    RuleKind(
        name="share-of-inhabitants",
        build=ShareOfInhabitants,
        required={"least_percent": number(1, 100)},
        optional=_TITLED,
        one_rule="rule",
    ),
    RuleKind(
        name="minimum-population",
        build=MinimumPopulation,
        required={"id": TEXT, "floor_inhabitants": number(1, _MOST_INHABITANTS)},
        optional=_CITED,
    ),
    RuleKind(
        name="network-signatory",
        build=NetworkSignatory,
        required={"id": TEXT, "network": NETWORK, "network_name": TEXT},
        optional={"role": TEXT, "grace_months": number(0, 120), **_CITED},
    ),
    RuleKind(
        name="whole-city-plan",
        build=WholeCityPlan,
        required={"id": TEXT, "kinds": members(PlanKind, without=(PlanKind.NONE,))},
        optional={"own_for_towns": FLAG, **_CITED},
    ),
    RuleKind(
        name="commitment-given",
        build=CommitmentGiven,
        required={"id": TEXT, "commitment": member(Commitment)},
        optional=_CITED,
    ),
    RuleKind(
        name="urbanised",
        build=Urbanised,
        required={"id": TEXT, "degrees": members(DegreeOfUrbanisation)},
        optional=_CITED,
    ),
)

RULE_KINDS: Mapping[str, RuleKind] = {kind.name: kind for kind in _LISTED}
"""Kinds by name, in the order in which they are documented."""


def kind_of(rule: Rule) -> RuleKind | None:
    """Find how a rule is written down; ``None`` for a rule of somebody else."""
    for kind in _LISTED:
        if type(rule) is kind.build:
            return kind
    return None
