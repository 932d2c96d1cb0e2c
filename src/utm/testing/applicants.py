"""Applicants' files of invented cities, and mistakes planted in them.

For trying readers, commands and reports on files of any size. Everything comes from
the seed alone: the same arguments give the same text on every machine.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import count as counting
from random import Random

from utm.domain import Taxonomy, fold_name
from utm.errors import InvalidValueError
from utm.interchange import applicant_columns
from utm.testing._invented_lands import LANDS, Land
from utm.testing._planted import Place, planted

__all__ = ["Place", "invented_applicants", "plant_mistakes"]

_MOST_NAMES = 10_000
_DRAWS = 40
_TOWNS_OF_A_CONSORTIUM = 3
_SHARE_IN_CONSORTIA = 0.06


def invented_applicants(count: int, seed: int, taxonomy: Taxonomy) -> str:
    """Write an applicants' file of invented cities, as CSV.

    Most cities are complete and meet what calls usually ask. Some are too small, some
    are no signatories, some leave cells empty, a few apply in a consortium of three.

    Parameters
    ----------
    count
        Number of cities, one a row, from 0 to 10,000.
    seed
        Decides everything.
    taxonomy
        Where themes, needs and offers are taken from; at least four topics.

    Raises
    ------
    InvalidValueError
        The count or the taxonomy is out of bounds.
    """
    topics = [topic.id.value for topic in taxonomy.topics()]
    if not 0 <= count <= _MOST_NAMES:
        raise InvalidValueError(kind="count", value=count, reason="is not from 0 to 10,000")
    if len(topics) < 4:  # noqa: PLR2004 - two needs and two offers
        raise InvalidValueError(
            kind="taxonomy", value=taxonomy.version, reason="has fewer than four topics"
        )
    random = Random(seed)  # noqa: S311 - invention, not secrecy
    taken: set[tuple[str, str]] = set()
    rows: list[dict[str, str]] = []
    while len(rows) < count:
        land = random.choice(LANDS)
        left = count - len(rows)
        if left >= _TOWNS_OF_A_CONSORTIUM and random.random() < _SHARE_IN_CONSORTIA:
            rows += _consortium(land, topics, taken, random)
        else:
            rows.append(_city(land, taken, random) | _wishes(topics, random))
    header = [column.name for column in applicant_columns(taxonomy)]
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def plant_mistakes(csv_text: str, count: int, seed: int) -> tuple[str, tuple[Place, ...]]:
    """Spoil cells of a sound applicants' file, each so that it is exactly one problem.

    Parameters
    ----------
    csv_text
        A file that can be read, separated by commas.
    count
        Number of mistakes.
    seed
        Decides which.

    Returns
    -------
    tuple
        The spoiled text, and row and column of every mistake in reading order. Rows
        are numbered as a spreadsheet does: the header is row 1.

    Raises
    ------
    InvalidValueError
        The file is too small for so many mistakes.
    """
    header, *rows = csv.reader(io.StringIO(csv_text, newline=""), strict=True)
    places = planted(header, rows, count, Random(seed))  # noqa: S311 - no secret
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue(), places


def _consortium(
    land: Land, topics: Sequence[str], taken: set[tuple[str, str]], random: Random
) -> list[dict[str, str]]:
    towns = [_city(land, taken, random) for _ in range(_TOWNS_OF_A_CONSORTIUM)]
    name = f"Towns around {towns[0]['name']}"
    joint = random.random() < 0.5  # noqa: PLR2004 - as often as not
    for at, town in enumerate(towns):
        town["consortium"] = name
        if joint:
            town |= {
                "plan_id": f"joint-plan-{_slug(land, towns[0]['name'])}",
                "plan_kind": "climate action plan",
                "plan_mode": "joint",
                "plan_adopted_on": "2021-06-30",
                "plan_expires_on": "",
                "plan_coverage": "whole city",
                "population": str(18_000 + 4_700 * at),
            }
    towns[0] |= _wishes(topics, random)
    return towns


def _city(land: Land, taken: set[tuple[str, str]], random: Random) -> dict[str, str]:
    name = _name(land, taken, random)
    population = int(random.lognormvariate(12.3, 0.9)) + 8_000
    row = {
        "name": name,
        "country": land.country,
        "government": random.choice(("municipality", "municipality", "district", "county")),
        "population": str(population),
        "population_year": str(random.randint(2015, 2025)),
        "population_basis": random.choice(("municipality", "settlement", "urban agglomeration")),
        "population_source": random.choice(("Census", "National statistics, yearbook", "")),
        "latitude": f"{random.uniform(land.south, land.north):.4f}",
        "longitude": f"{random.uniform(land.west, land.east):.4f}",
        "timezone": land.zone,
        "climate": random.choice(land.climates),
        "elevation_m": str(random.randint(0, 900)),
        "coast_km": str(random.randint(0, 300)),
        "languages": land.languages,
        "income": land.income,
        "commits_to_engage": "",
    }
    if random.random() < 0.15:  # noqa: PLR2004 - sources differ now and then
        row["population_2"] = str(int(population * random.uniform(0.7, 1.4)))
        row["population_2_source"] = "Snapshot of a network, 2022"
    return row | _membership(random) | _plan(random) | _remark(random)


def _membership(random: Random) -> dict[str, str]:
    drawn = random.random()
    since = f"{random.randint(2010, 2024)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    if drawn < 0.78:  # noqa: PLR2004 - most are signatories
        return {"gcom_status": "signatory", "gcom_since": since}
    if drawn < 0.88:  # noqa: PLR2004
        return {"gcom_status": "committed", "gcom_promised_by": "2026-03-31"}
    return {"gcom_status": "on hold" if drawn < 0.92 else "unknown"}  # noqa: PLR2004


def _plan(random: Random) -> dict[str, str]:
    if random.random() < 0.1:  # noqa: PLR2004 - some show no plan
        return {}
    adopted = random.randint(2014, 2024)
    return {
        "plan_kind": random.choice(("SECAP", "SEACAP", "climate action plan", "CAP 2")),
        "plan_coverage": random.choice(("whole city", "whole city", "whole city", "sector", "")),
        "plan_mode": random.choice(("individual", "individual", "")),
        "plan_adopted_on": f"{adopted}-{random.randint(1, 12):02}-15",
        "plan_expires_on": random.choice((f"{adopted + 12}-01-01", "")),
    }


def _remark(random: Random) -> dict[str, str]:
    if random.random() < 0.8:  # noqa: PLR2004 - few rows have a note
        return {}
    return {"notes": 'Contact "by post", not yet by mail.\nFigures checked once.'}


def _wishes(topics: Sequence[str], random: Random) -> dict[str, str]:
    chosen = random.sample(topics, 4)
    theme = chosen[0].partition(".")[0]
    row = {
        "submitted_on": f"2025-{random.randint(10, 12)}-{random.randint(1, 28):02}",
        "commits_to_engage": random.choice(("yes", "yes", "yes", "unknown", "no")),
        "commits_resources": random.choice(("yes", "yes", "yes", "")),
        "theme": theme,
        "need_1": chosen[0],
        "need_2": chosen[1],
        "offer_1": chosen[2],
        "offer_1_maturity": str(random.randint(1, 5)),
    }
    if random.random() < 0.5:  # noqa: PLR2004 - as often as not
        row |= {"need_1_weight": "3", "need_2_weight": "1"}
    if random.random() < 0.4:  # noqa: PLR2004
        row |= {"offer_2": chosen[3], "offer_2_maturity": str(random.randint(1, 5))}
    return row


def _name(land: Land, taken: set[tuple[str, str]], random: Random) -> str:
    for number in counting(1 - _DRAWS):
        start, end = random.choice(land.starts), random.choice(land.ends)
        name = f"{start} {end.strip()}" if end[0].isupper() or end[0] == " " else start + end
        name = f"{name} {number}" if number > 1 else name
        if (land.country, fold_name(name)) not in taken:
            taken.add((land.country, fold_name(name)))
            return name
    raise AssertionError  # pragma: no cover - counting never ends


def _slug(land: Land, name: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold_name(name))
    return "-".join((land.country.lower(), *words))
