"""Who may join, which cities should learn together, when they meet: and why.

The library of the Urban Transitions Mission. Subpackages, in the order in which
facts flow through them: `utm.domain`, `utm.rules`, `utm.pairing`,
`utm.programme`, `utm.interchange`, `utm.reference`,
`utm.report`. The names below are those that a notebook needs first; each is
loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utm.domain import Application, City
    from utm.interchange import read_applicants
    from utm.pairing import Policy, Problem, solve, verify
    from utm.programme import EditionRules, FormedEdition, form_edition
    from utm.reference import city2city_2026
    from utm.report import render_report

__all__ = [
    "Application",
    "City",
    "EditionRules",
    "FormedEdition",
    "Policy",
    "Problem",
    "city2city_2026",
    "form_edition",
    "read_applicants",
    "render_report",
    "solve",
    "verify",
]

_HOMES = {
    "utm.domain": ("Application", "City"),
    "utm.interchange": ("read_applicants",),
    "utm.pairing": ("Policy", "Problem", "solve", "verify"),
    "utm.programme": ("EditionRules", "FormedEdition", "form_edition"),
    "utm.reference": ("city2city_2026",),
    "utm.report": ("render_report",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_SUBPACKAGES = frozenset(
    {
        "domain",
        "errors",
        "funding",
        "interchange",
        "knowledge",
        "network",
        "pairing",
        "programme",
        "reference",
        "report",
        "rules",
        "testing",
    }
)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _HOME_OF:
            return getattr(import_module(_HOME_OF[name]), name)
        if name in _SUBPACKAGES:
            return import_module(f"utm.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*__all__, *_SUBPACKAGES})
