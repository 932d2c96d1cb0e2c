"""The columns that tell of one city."""

from __future__ import annotations

from utm.domain import (
    GovernmentKind,
    IncomeGroup,
    MembershipStatus,
    PlanCoverage,
    PlanKind,
    PlanMode,
    PopulationBasis,
)
from utm.interchange.cells import ListCell
from utm.interchange.column import DAY, ApplicantColumn, choice_of
from utm.interchange.numbers import DecimalCell, WholeNumberCell
from utm.interchange.words import (
    city_id_cell,
    climate_cell,
    country_cell,
    day_cell,
    digits_cell,
    language_cell,
    line_cell,
    one_of,
    plan_id_cell,
    prose_cell,
    time_zone_cell,
    title_cell,
)

__all__ = [
    "identity_columns",
    "membership_columns",
    "note_columns",
    "place_columns",
    "plan_columns",
    "population_columns",
]

_NAME_CHARACTERS = 200
_NOTE_CHARACTERS = 5_000


def identity_columns() -> tuple[ApplicantColumn, ...]:
    """Which city applies, and with whom."""
    return (
        ApplicantColumn(
            name="name",
            meaning="Name of the city in its usual spelling.",
            values="the name, at most 200 characters on one line",
            example="Turku",
            cell=line_cell(kind="city name", most_characters=_NAME_CHARACTERS),
            required=True,
            synonyms=("city", "city name", "municipality", "applicant"),
        ),
        ApplicantColumn(
            name="country",
            meaning="Its country. NA is Namibia.",
            values="an ISO code such as FI or FIN, or the English name",
            example="FI",
            cell=country_cell(),
            required=True,
            synonyms=("country code", "iso2"),
        ),
        ApplicantColumn(
            name="city_id",
            meaning="Key of the city; made from country and name when empty. Needed only "
            "to tell apart two places of one name in one country.",
            values="the country in lower case, a hyphen and words, such as fi-turku",
            example="",
            cell=city_id_cell(),
            synonyms=("id",),
        ),
        ApplicantColumn(
            name="consortium",
            meaning="Name of the consortium that the town applies with; alike in the rows "
            "of all its towns. Empty for a city that applies alone.",
            values="the name, spelled alike in all rows of the consortium",
            example="",
            cell=line_cell(kind="consortium name", most_characters=_NAME_CHARACTERS),
            synonyms=("consortium name",),
        ),
        ApplicantColumn(
            name="other_names",
            meaning="Other spellings of its name.",
            values="names separated by semicolons",
            example="Åbo",
            cell=ListCell(
                item=line_cell(kind="name", most_characters=_NAME_CHARACTERS),
                separator=";",
                joiner="; ",
                json_values='a list of names, such as ["Åbo"]',
                is_prose=True,
            ),
            synonyms=("aliases",),
        ),
        ApplicantColumn(
            name="government",
            meaning="Kind of local government that applies.",
            values=choice_of(GovernmentKind),
            example="municipality",
            cell=one_of(GovernmentKind),
            synonyms=("kind of government",),
        ),
        ApplicantColumn(
            name="geonames_id",
            meaning="Number of the place at GeoNames.",
            values="the number without separators, such as 633679",
            example="633679",
            cell=digits_cell(),
            synonyms=("geonames",),
        ),
    )


def population_columns(name: str) -> tuple[ApplicantColumn, ...]:
    """One published number of inhabitants."""
    second = name != "population"
    which = "a second published figure" if second else "the figure"
    examples = (
        ("", "", "", "") if second else ("206035", "2025", "municipality", "Statistics Finland")
    )
    return (
        ApplicantColumn(
            name=name,
            meaning="A second published number of inhabitants, where sources differ."
            if second
            else "Number of inhabitants.",
            values="digits without separators, such as 206035",
            example=examples[0],
            cell=WholeNumberCell(least=1, most=100_000_000, grouped=True),
            synonyms=() if second else ("inhabitants",),
        ),
        ApplicantColumn(
            name=f"{name}_year",
            meaning=f"Year that {which} describes.",
            values="a year such as 2025",
            example=examples[1],
            cell=WholeNumberCell(least=1800, most=2200),
        ),
        ApplicantColumn(
            name=f"{name}_basis",
            meaning=f"Area whose inhabitants {which} counts.",
            values=choice_of(PopulationBasis),
            example=examples[2],
            cell=one_of(PopulationBasis),
        ),
        ApplicantColumn(
            name=f"{name}_source",
            meaning=f"Where {which} was read; the application itself when empty.",
            values="a title on one line",
            example=examples[3],
            cell=title_cell(),
        ),
    )


def place_columns() -> tuple[ApplicantColumn, ...]:
    """Where the city lies."""
    return (
        ApplicantColumn(
            name="latitude",
            meaning="Degrees north of the equator; the south is negative.",
            values="decimal degrees from -90 to 90 with a point, such as 60.4515",
            example="60.4515",
            cell=DecimalCell(least=-90, most=90),
            synonyms=("lat",),
        ),
        ApplicantColumn(
            name="longitude",
            meaning="Degrees east of Greenwich; the west is negative.",
            values="decimal degrees from -180 to 180 with a point, such as 22.2687",
            example="22.2687",
            cell=DecimalCell(least=-180, most=180),
            synonyms=("lon", "lng", "long"),
        ),
        ApplicantColumn(
            name="timezone",
            meaning="Its time zone.",
            values="a name of the IANA database, such as Europe/Helsinki",
            example="Europe/Helsinki",
            cell=time_zone_cell(),
            synonyms=("tz",),
        ),
        ApplicantColumn(
            name="climate",
            meaning="Its class in the Köppen-Geiger system.",
            values="a class such as Dfb",
            example="Dfb",
            cell=climate_cell(),
            synonyms=("koppen", "climate class"),
        ),
        ApplicantColumn(
            name="elevation_m",
            meaning="Height above the sea in metres.",
            values="a whole number of metres from -450 to 9000",
            example="25",
            cell=WholeNumberCell(least=-450, most=9_000),
            synonyms=("elevation",),
        ),
        ApplicantColumn(
            name="coast_km",
            meaning="Distance to the sea in kilometres.",
            values="a whole number of kilometres from 0 to 3000",
            example="0",
            cell=WholeNumberCell(least=0, most=3_000),
            synonyms=("distance to coast km",),
        ),
        ApplicantColumn(
            name="languages",
            meaning="Official languages, the foremost first.",
            values="ISO 639 codes separated by semicolons, such as fi; sv",
            example="fi; sv",
            cell=ListCell(
                item=language_cell(),
                separator=r"[;,/\s]+",
                joiner="; ",
                json_values='a list of ISO 639 codes, such as ["fi", "sv"]',
            ),
            synonyms=("language",),
        ),
        ApplicantColumn(
            name="income",
            meaning="World Bank income group of its country.",
            values=choice_of(IncomeGroup),
            example="high",
            cell=one_of(
                IncomeGroup,
                {f"{group.value} income": group for group in IncomeGroup},
            ),
            synonyms=("income group",),
        ),
        ApplicantColumn(
            name="degree_of_urbanisation",
            meaning="Its class by density and size, as the UN and Eurostat define it: "
            "1 a city, 2 a town or suburb, 3 a rural area.",
            values="1, 2 or 3",
            example="",
            cell=WholeNumberCell(least=1, most=3),
            synonyms=("degurba", "urbanisation"),
        ),
        ApplicantColumn(
            name="degree_of_urbanisation_source",
            meaning="Where the degree was read; the application itself when empty.",
            values="a title on one line",
            example="",
            cell=title_cell(),
        ),
    )


def membership_columns() -> tuple[ApplicantColumn, ...]:
    """Its standing in the Global Covenant of Mayors."""
    return (
        ApplicantColumn(
            name="gcom_status",
            meaning="Its standing in the Global Covenant of Mayors.",
            values=choice_of(MembershipStatus),
            example="signatory",
            cell=one_of(MembershipStatus),
            synonyms=("gcom",),
        ),
        ApplicantColumn(
            name="gcom_since",
            meaning="First day of that standing.",
            values=DAY,
            example="2019-05-20",
            cell=day_cell(),
        ),
        ApplicantColumn(
            name="gcom_listed_on",
            meaning="Day of the list on which the standing was seen.",
            values=DAY,
            example="",
            cell=day_cell(),
        ),
        ApplicantColumn(
            name="gcom_promised_by",
            meaning="Day by which a city that has only committed itself promises to sign.",
            values=DAY,
            example="",
            cell=day_cell(),
        ),
        ApplicantColumn(
            name="gcom_source",
            meaning="Where the standing was read; the application itself when empty.",
            values="a title on one line",
            example="",
            cell=title_cell(),
        ),
    )


def plan_columns() -> tuple[ApplicantColumn, ...]:
    """Its climate action plan."""
    return (
        ApplicantColumn(
            name="plan_kind",
            meaning="Kind of its climate action plan; 'no plan' states that there is none.",
            values=choice_of(PlanKind),
            example="SECAP",
            cell=one_of(PlanKind),
            synonyms=("plan",),
        ),
        ApplicantColumn(
            name="plan_id",
            meaning="Key of the plan. Rows with one key share one plan, which covers all "
            "their towns; without a key each row's plan is its own.",
            values="words joined by hyphens, such as south-coast-secap",
            example="",
            cell=plan_id_cell(),
        ),
        ApplicantColumn(
            name="plan_coverage",
            meaning="How much of the city the plan covers.",
            values=choice_of(PlanCoverage),
            example="whole city",
            cell=one_of(PlanCoverage),
        ),
        ApplicantColumn(
            name="plan_mode",
            meaning="Whether it is the municipality's own plan.",
            values=choice_of(PlanMode),
            example="individual",
            cell=one_of(PlanMode),
        ),
        ApplicantColumn(
            name="plan_adopted_on",
            meaning="Day of its adoption.",
            values=DAY,
            example="2018-06-11",
            cell=day_cell(),
            synonyms=("plan adopted",),
        ),
        ApplicantColumn(
            name="plan_expires_on",
            meaning="First day on which it no longer holds.",
            values=DAY,
            example="2030-01-01",
            cell=day_cell(),
            synonyms=("plan expires",),
        ),
        ApplicantColumn(
            name="plan_source",
            meaning="Where the plan was read; the application itself when empty.",
            values="a title on one line",
            example="",
            cell=title_cell(),
        ),
    )


def note_columns() -> tuple[ApplicantColumn, ...]:
    """What else must be known."""
    return (
        ApplicantColumn(
            name="notes",
            meaning="What a reader must know; one note a line.",
            values="free text",
            example="",
            cell=ListCell(
                item=prose_cell(most_characters=_NOTE_CHARACTERS),
                separator="\n",
                joiner="\n",
                json_values='a list of texts, such as ["The mayor has changed."]',
                is_prose=True,
            ),
        ),
    )
