"""Facts about the published edition that were counted by hand, twice."""

from collections import Counter

from utm.domain.evidence import Unknown, UnknownReason
from utm.reference import city2city_2026, city2city_taxonomy

REGISTER = city2city_2026()
CITIES = {city.id: city for city in REGISTER.cities}
PAIRINGS = REGISTER.edition.pairings


def number_of(pairing):
    return int(pairing.id.value[-2:])


def countries_of(pairing):
    return [CITIES[member].country for member in pairing.members]


def test_the_page_lists_51_cities_of_26_countries_in_19_groups():
    listed = [member for pairing in PAIRINGS for member in pairing.members]
    assert len(PAIRINGS) == 19
    assert len(listed) == len(set(listed)) == len(CITIES) == 51
    assert set(listed) == set(CITIES)
    assert len({city.country for city in REGISTER.cities}) == 26


def test_eight_groups_are_pairs_nine_are_triples_two_have_four_members():
    assert Counter(len(pairing.members) for pairing in PAIRINGS) == {2: 8, 3: 9, 4: 2}


def test_only_the_seventh_group_has_two_members_of_one_country():
    repeated = [p for p in PAIRINGS if len(set(countries_of(p))) < len(p.members)]
    assert [number_of(pairing) for pairing in repeated] == [7]


def test_a_limit_of_three_members_is_broken_by_exactly_the_first_and_the_sixteenth():
    assert [number_of(p) for p in PAIRINGS if len(p.members) > 3] == [1, 16]


def test_themes_hold_the_counted_groups_cities_and_countries():
    counted = {}
    for theme in city2city_taxonomy().themes:
        groups = [p for p in PAIRINGS if p.theme == theme.id]
        countries = {country for p in groups for country in countries_of(p)}
        counted[theme.label] = (len(groups), sum(len(p.members) for p in groups), len(countries))
    assert counted == {
        "Energy & Infrastructure": (6, 17, 14),
        "Urban Resilience & Nature-Based Solutions": (6, 16, 13),
        "Cooling & Heat Management": (3, 8, 6),
        "Sustainable Mobility": (4, 10, 8),
    }


def test_tuerkiye_has_six_cities_in_six_groups():
    groups = [number_of(p) for p in PAIRINGS if "TR" in map(str, countries_of(p))]
    assert len(groups) == 6
    assert sum(str(city.country) == "TR" for city in REGISTER.cities) == 6


def test_only_cuenca_and_mendoza_share_a_national_language():
    sharing = []
    for pairing in PAIRINGS:
        spoken = [set(CITIES[member].languages) for member in pairing.members]
        assert all(spoken)
        if set.intersection(*spoken):
            sharing.append([member.value for member in pairing.members])
    assert sharing == [["ec-cuenca", "ar-mendoza"]]


def test_seven_cities_lie_below_50000_on_the_figures_of_geonames():
    below = {
        city.id.value
        for city in REGISTER.cities
        for figure in city.populations
        if figure.source.issuer == "GeoNames" and figure.inhabitants < 50_000
    }
    assert below == {
        "ge-poti",
        "in-leh",
        "ma-chefchaouen",
        "md-straseni",
        "np-dhankuta",
        "pt-cascais",
        "pt-guimaraes",
    }


def test_guimaraes_and_cascais_pass_50000_as_municipalities():
    for key in ("pt-guimaraes", "pt-cascais"):
        figures = {f.basis.value: f.inhabitants for f in REGISTER.find(key).populations}
        assert figures["settlement"] < 50_000 < figures["municipality"]


def test_two_sources_differ_by_more_than_half_for_nine_cities():
    apart = {
        city.id.value
        for city in REGISTER.cities
        if len(sizes := sorted(f.inhabitants for f in city.populations[:2])) > 1
        and sizes[-1] > 1.5 * sizes[0]
    }
    assert apart == {
        "gh-sekondi-takoradi",
        "ke-kisumu",
        "ke-nakuru",
        "np-dhankuta",
        "pt-cascais",
        "pt-guimaraes",
        "tr-gaziantep",
        "tr-mersin",
        "us-ann-arbor",
    }


def test_the_implausible_figure_of_ann_arbor_is_kept_and_doubted():
    doubted = [f.inhabitants for f in REGISTER.find("Ann Arbor").populations if f.doubt]
    assert doubted == [1_177_700]


def test_ambiguous_names_stay_ambiguous():
    for name in ("Ablekuma", "Yenisehir"):
        city = REGISTER.find(name)
        assert city.identity is not None
        assert city.identity.reason is UnknownReason.AMBIGUOUS_ENTITY
        assert isinstance(city.coordinates, Unknown)
        assert isinstance(city.climate, Unknown)
        assert city.memberships == ()
        assert all(figure.doubt for figure in city.populations)
    assert sum(city.identity is not None for city in REGISTER.cities) == 2


def test_climate_classes_on_which_sources_disagree_are_conflicting_and_name_both():
    cordoba = REGISTER.find("ar-cordoba").climate
    assert isinstance(cordoba, Unknown)
    assert cordoba.reason is UnknownReason.CONFLICTING
    assert "Cwa" in cordoba.note
    assert "Cfa" in cordoba.note


def test_conflicting_coordinates_of_belauri_are_not_averaged():
    belauri = REGISTER.find("Belauri").coordinates
    assert isinstance(belauri, Unknown)
    assert belauri.reason is UnknownReason.CONFLICTING


def test_namibia_is_a_country_and_not_a_gap():
    walvis_bay = REGISTER.find("Walvis Bay")
    assert walvis_bay.country.value == "NA"
    assert walvis_bay.country.country.name == "Namibia"
    assert walvis_bay.identifier("unlocode") == "NA WVB"


def test_miami_dade_is_a_county_with_its_fips_code():
    county = REGISTER.find("Miami-Dade")
    assert county.government.value == "county"
    assert county.identifier("fips") == "12086"
    assert county.identifier("geonames") is None
    assert [figure.basis.value for figure in county.populations] == ["county"]
