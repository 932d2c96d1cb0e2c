"""Check the installation: versions, optional parts, a module of the same name."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distributions, version

import click

from utm.cli.exit_codes import ExitCode

__all__ = ["doctor", "foreign_owners"]

_OWN_NAME = "urban-transitions-mission"
_EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "jinja2": "report",
    "icalendar": "ical",
    "holidays": "holidays",
    "PyStemmer": "search",
    "tantivy": "search-large",
    "numba": "fast",
    "hypothesis": "testing",
}


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Check the installation and say what is missing."""
    click.echo(f"{_OWN_NAME} {version(_OWN_NAME)}")
    for package, extra in _EXTRAS.items():
        try:
            click.echo(f"  {package} {version(package)}")
        except PackageNotFoundError:
            click.echo(f"  {package} is not installed (extra '{extra}')")
    owners = foreign_owners(tuple(distributions()))
    for owner in owners:
        click.echo(
            f"Clash: the distribution '{owner}' also installs a module named 'utm'. "
            f"Both cannot live in one environment: uninstall one of them.",
            err=True,
        )
    if owners:
        ctx.exit(ExitCode.UNEXPECTED)
    click.echo("No other distribution installs a module named 'utm'.")


def foreign_owners(installed: tuple[Distribution, ...]) -> tuple[str, ...]:
    """Names of other distributions that install a top-level module ``utm``, sorted."""
    found: set[str] = set()
    for distribution in installed:
        name = distribution.metadata["Name"]
        if name == _OWN_NAME:
            continue
        for path in distribution.files or ():
            if path.parts and path.parts[0] in {"utm", "utm.py"}:
                found.add(name)
    return tuple(sorted(found))
