"""The work behind ``utm history actions``."""

from __future__ import annotations

import json

from utm.cli.terminal import print_json, print_table
from utm.interchange.histories import KINDS, action_form, action_forms, beginning_form

__all__ = ["tell_action", "tell_actions", "tell_kinds"]


def tell_kinds() -> None:
    """List the kinds of history and what each begins with."""
    print_table(
        "Kinds of history",
        ["kind", "begins with"],
        [[kind, json.dumps(beginning_form(kind), ensure_ascii=False)] for kind in sorted(KINDS)],
    )


def tell_actions(kind: str) -> None:
    """List all that may happen in a kind of history."""
    print_table(
        f"What may be recorded in a history of kind {kind}",
        ["action", "what it is", "facts (may be left out)"],
        [
            [
                form.name,
                form.meaning,
                ", ".join([*form.required, *(f"({one})" for one in form.optional)]),
            ]
            for form in action_forms(kind)
        ],
    )


def tell_action(kind: str, name: str) -> None:
    """Print one action to fill in."""
    print_json(dict(action_form(kind, name).empty))
