"""Rule trees for tests."""

from attrs import evolve

from utm.rules import Rule


def nameless(rule: Rule) -> Rule:
    """Take the ids from a drawn tree, in which two criteria may share one."""
    if not rule.parts:
        return evolve(rule, id="")  # type: ignore[type-var]
    if hasattr(rule, "rule"):
        return evolve(rule, rule=nameless(rule.rule))
    if hasattr(rule, "part"):
        return evolve(rule, part=nameless(rule.part))
    return evolve(rule, parts=tuple(nameless(part) for part in rule.parts))  # type: ignore[type-var, call-arg]
