"""Print a file to fill in."""

from __future__ import annotations

import click

__all__ = ["template"]


@click.group()
def template() -> None:
    """Print a file to fill in."""


@template.command()
@click.option(
    "--explain", is_flag=True, help="Print what every column means instead of the template."
)
def applicants(*, explain: bool) -> None:
    """Print a file of applicants with invented examples, as CSV.

    Save it with: utm template applicants > applicants.csv
    """
    from utm.interchange import applicant_columns, applicants_template_csv  # noqa: PLC0415
    from utm.reference import city2city_taxonomy  # noqa: PLC0415

    if not explain:
        click.echo(applicants_template_csv(city2city_taxonomy()), nl=False)
        return
    from utm.cli.terminal import print_table  # noqa: PLC0415

    columns = applicant_columns(city2city_taxonomy())
    print_table(
        "Columns of a file of applicants",
        ["column", "meaning", "what to write", "example"],
        [
            [
                f"{column.name}{' (required)' if column.required else ''}",
                column.meaning,
                column.values,
                column.example,
            ]
            for column in columns
        ],
    )


def _print_example(name: str) -> None:
    from utm.reference.examples import example_document  # noqa: PLC0415 - keeps --help quick

    click.echo(example_document(name), nl=False)


@template.command()
def practices() -> None:
    """Print a list of practices with invented examples, as JSON.

    Save it with: utm template practices > practices.json
    """
    _print_example("practices")


@template.command()
def practice() -> None:
    """Print one practice with invented facts, as JSON, for utm practices draft."""
    from utm.interchange import to_json  # noqa: PLC0415 - keeps --help quick
    from utm.interchange.lists import PRACTICES  # noqa: PLC0415
    from utm.reference.examples import example_document  # noqa: PLC0415

    (first, *_) = PRACTICES.parse(example_document("practices"))
    click.echo(to_json(first.practice), nl=False)


@template.command()
def transfers() -> None:
    """Print a list of transfers with invented examples, as JSON."""
    _print_example("transfers")


@template.command()
def opportunities() -> None:
    """Print a list of opportunities, invented ones and the joint call of 2022, as JSON."""
    _print_example("opportunities")


@template.command()
def needs() -> None:
    """Print a list of research needs with invented examples, as JSON."""
    _print_example("needs")


@template.command()
def partners() -> None:
    """Print a list of partners with invented examples, as JSON."""
    _print_example("partners")
