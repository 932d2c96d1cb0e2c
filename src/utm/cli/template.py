"""Print an empty file to fill in."""

from __future__ import annotations

import click

__all__ = ["template"]


@click.group()
def template() -> None:
    """Print an empty file to fill in."""


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
