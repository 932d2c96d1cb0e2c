from tests.rules.subjects import DAY, application, book, figure, standing, together, town
from utm.domain import (
    Application,
    City,
    Consortium,
    Observation,
    Source,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.domain.city import DegreeOfUrbanisation
from utm.rules import (
    MinimumPopulation,
    Outcome,
    Relation,
    Urbanised,
    Verdict,
    compare_rules,
    find_ways,
)
from utm.rules.library import EUI_CITY_TO_CITY
from utm.rules.library.exchange import ARTICLE_11

ARTICLE_11_LIST = "the list under Article 11 of the ERDF regulation"
CLASSIFICATION = Source(title="Classification of local units")
URBAN = Urbanised(id="urban", degrees=(DegreeOfUrbanisation.CITY, DegreeOfUrbanisation.TOWN))


def unit(name: str, degree: int | None, inhabitants: int, **more: object) -> City:
    if degree is not None:
        value = DegreeOfUrbanisation(degree)
        more = {"urbanisation": Observation(value=value, source=CLASSIFICATION), **more}
    return town(figure(inhabitants), name=name, **more)


def outcome(subject: Application | City | Consortium) -> Outcome:
    return EUI_CITY_TO_CITY.assess(subject, on=DAY).outcome


def test_a_town_of_any_size_is_urban_by_its_degree() -> None:
    decision = EUI_CITY_TO_CITY.assess(unit("Ena", 2, 6_000), on=DAY)

    (finding,) = decision.finding_of("urban-unit")
    assert finding.verdict is Verdict.MET
    assert finding.sentence == (
        'Ena meets "degree of urbanisation 1 or 2": degree 2 (town) '
        "(Classification of local units)."
    )


def test_an_unreported_degree_is_unknown_not_unmet() -> None:
    assert book(URBAN).assess(unit("Ena", None, 900_000), on=DAY).finding.reasons == (
        UnknownReason.NOT_REPORTED,
    )


def test_a_degree_that_is_no_longer_valid_is_unknown() -> None:
    seen = Observation(
        value=DegreeOfUrbanisation.RURAL,
        source=CLASSIFICATION,
        valid_until=civil_date("2026-01-08"),
    )
    finding = book(URBAN).assess(town(urbanisation=seen), on=DAY).finding

    assert finding.reasons == (UnknownReason.EXPIRED,)


def test_a_degree_recorded_later_was_not_known_then() -> None:
    seen = Observation(
        value=DegreeOfUrbanisation.CITY, source=CLASSIFICATION, recorded_on=civil_date("2026-01-05")
    )
    city = town(urbanisation=seen)

    then = book(URBAN).assess(city, on=DAY, known_by=civil_date("2026-01-04"))
    later = book(URBAN).assess(city, on=DAY, known_by=civil_date("2026-01-05"))

    assert then.finding.verdict is Verdict.UNKNOWN
    assert later.finding.verdict is Verdict.MET


def test_an_association_needs_51_percent_of_inhabitants_in_urban_units() -> None:
    enough = together(unit("Ena", 1, 51_000), unit("Dva", 3, 49_000))
    short = together(unit("Ena", 1, 50_000), unit("Dva", 3, 50_000))

    assert outcome(enough) is Outcome.ELIGIBLE
    assert outcome(short) is Outcome.INCOMPLETE  # each may still be under Article 11


def test_a_rural_unit_under_article_11_is_eligible() -> None:
    listed = standing(start="2021-01-01")
    member = type(listed)(
        network=ARTICLE_11, status=listed.status, source=listed.source, period=listed.period
    )

    assert outcome(unit("Ena", 3, 4_000, memberships=(member,))) is Outcome.ELIGIBLE


def test_a_rural_unit_can_only_become_eligible_through_article_11() -> None:
    decision = EUI_CITY_TO_CITY.assess(unit("Ena", 3, 4_000), on=DAY)
    ways = find_ways(EUI_CITY_TO_CITY, decision)

    assert [[change.criterion for change in way.changes] for way in ways.ways] == [
        ["article-11-authority"]
    ]
    assert [obstacle.criterion for obstacle in ways.obstacles] == ["urban-unit"]


def test_an_unknown_degree_is_one_of_two_ways() -> None:
    decision = EUI_CITY_TO_CITY.assess(unit("Ena", None, 4_000), on=DAY)
    ways = find_ways(EUI_CITY_TO_CITY, decision)

    assert {way.changes[0].text for way in ways.ways} == {
        "show that it has degree of urbanisation 1 or 2",
        f"show that it is a member of {ARTICLE_11_LIST} on 2026-01-08",
    }


def test_a_floor_and_a_degree_do_not_imply_each_other() -> None:
    floor = MinimumPopulation(id="", floor_inhabitants=50_000)

    assert compare_rules(URBAN, floor, on=DAY).relation is Relation.OVERLAPPING
    cities = Urbanised(id="", degrees=(DegreeOfUrbanisation.CITY,))
    assert compare_rules(cities, URBAN, on=DAY).relation is Relation.IMPLIES


def test_a_place_that_is_not_certain_has_no_degree() -> None:
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    city = unit("Ena", 1, 4_000, identity=doubt)

    assert book(URBAN).assess(application(city), on=DAY).finding.verdict is Verdict.UNKNOWN
