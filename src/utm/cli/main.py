"""The command and its subcommands, each loaded only when it is called."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

import click

__all__ = ["utm"]

_SUBCOMMANDS = {
    "cohort": ("utm.cli.cohort", "cohort", "Count the cohort on a day, beside what was announced."),
    "coming": ("utm.cli.screen", "coming", "List whose outcome changes by itself, and when."),
    "digest": ("utm.cli.digest", "digest", "Tell what changed since a day, for whom."),
    "doctor": ("utm.cli.doctor", "doctor", "Check the installation and say what is missing."),
    "edition": ("utm.cli.edition", "edition", "Editions: form, start, follow, change."),
    "explain": ("utm.cli.screen", "explain", "Explain the decision about one city."),
    "funding": ("utm.cli.funding", "funding", "Funding and advice: who can pay for what."),
    "history": ("utm.cli.history", "history", "Histories: begin, record, show."),
    "needs": ("utm.cli.needs", "needs", "Research needs: who asks for what, and who answers."),
    "network": ("utm.cli.network", "network", "Measure the mission as one graph."),
    "pair": ("utm.cli.pair", "pair", "Group participants of a problem file, with a proof."),
    "practices": ("utm.cli.practices", "practices", "Practices: search, recommend, publish."),
    "replay": ("utm.cli.screen", "replay", "Judge a decision on file again."),
    "rulebook": ("utm.cli.rulebook", "rulebook", "Rulebooks: list, show, check, compare."),
    "screen": ("utm.cli.screen", "screen", "Judge applicants and name what is missing."),
    "template": ("utm.cli.template", "template", "Print a file to fill in."),
    "whatif": ("utm.cli.screen", "whatif", "Say what would make one city eligible."),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand when it runs, so that ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the subcommands, in alphabetical order."""
        del ctx
        return sorted(_SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand, or describe it without importing it for a help page."""
        del ctx
        if cmd_name not in _SUBCOMMANDS:
            return None
        module, name, _ = _SUBCOMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):  # pragma: no cover - a slip of ours
            raise TypeError(name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands from their one-line descriptions."""
        rows = [(name, _SUBCOMMANDS[name][2]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


_HELP = """Who may join, which cities learn together, when they meet: and why.

\b
Exit codes: 0 done, 1 unexpected, 2 usage, 3 bad input,
4 nothing satisfies the hard rules, 5 stopped at a limit with a valid result.
"""


@click.group(cls=LazyGroup, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("urban-transitions-mission"), prog_name="utm")
def utm() -> None:
    """Run a subcommand."""
