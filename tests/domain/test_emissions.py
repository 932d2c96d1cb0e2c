"""Emissions carry unit and year; what an inventory lacks is named and never zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import (
    CityId,
    Emissions,
    EmissionTarget,
    GpcSector,
    Inventory,
    InventoryEntry,
    NotationKey,
    ReportingLevel,
    Scope,
    Source,
    YearlyEmissions,
)
from utm.errors import InvalidValueError

KILOGRAMS = st.integers(-(10**15), 10**15)
SOURCE = Source(title="inventory")


def tonnes(number: float) -> Emissions:
    return Emissions.of_tonnes(number)


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("412.5 ktCO2e", 412_500_000),
        ("412.5kt", 412_500_000),
        ("1 200 t CO2-eq", 1_200_000),
        ("1,234,567 tCO2e", 1_234_567_000),
        ("1,234.5 t", 1_234_500),
        ("0.3 Mt CO₂e", 300_000_000),
        ("1.1 kt", 1_100_000),
        ("7 kg", 7),
        ("-2 t", -2_000),
        ("0 t", 0),
        ("2 Gt", 2 * 10**12),
    ],
)
def test_an_amount_is_read_with_its_unit(text: str, kilograms: int) -> None:
    assert Emissions.parse(text) == Emissions(kilograms_co2e=kilograms)


@pytest.mark.parametrize(
    "text",
    [
        "412.5",
        "t",
        "",
        "50.000 t",
        "50,000 t",
        "12,5 t",
        "1 20 t",
        "5 MT",
        "5 tCO2",
        "5 tC",
        "5 t CO2e a year",
        "5 tonnes of something",
        "nan t",
        "1e3 t",
        "9" * 200 + " t",
    ],
)
def test_an_amount_without_unit_or_with_two_meanings_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Emissions.parse(text)


@given(KILOGRAMS)
def test_what_is_written_is_read_back(kilograms: int) -> None:
    amount = Emissions(kilograms_co2e=kilograms)
    written = str(amount).replace(",", "")

    if written.partition(".")[2][:3].isdigit():
        return  # three decimals could be thousands to a reader, and are refused
    assert Emissions.parse(written) == amount


@given(st.lists(KILOGRAMS), st.randoms())
def test_a_sum_does_not_depend_on_the_order(amounts: list[int], random: object) -> None:
    emissions = [Emissions(kilograms_co2e=one) for one in amounts]
    shuffled = sorted(emissions, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert Emissions.total(emissions) == Emissions.total(shuffled)
    assert Emissions.total(emissions).kilograms_co2e == sum(amounts)


@pytest.mark.parametrize("text", ["5 t in 2019", "5 t, 2019", "5 tCO2e; 2019"])
def test_a_year_is_read_with_the_amount(text: str) -> None:
    assert YearlyEmissions.parse(text) == YearlyEmissions(year=2019, emissions=tonnes(5))


@pytest.mark.parametrize("text", ["5 t", "5 in 2019", "in 2019", "5 t in 19", "5 t in 1066"])
def test_emissions_without_unit_or_year_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        YearlyEmissions.parse(text)


def entry(
    sector: GpcSector, scope: Scope, value: Emissions | NotationKey, note: str = "", part: str = ""
) -> InventoryEntry:
    return InventoryEntry(sector=sector, scope=scope, value=value, note=note, subsector=part)


BASIC = (
    entry(GpcSector.STATIONARY_ENERGY, Scope.ONE, tonnes(100)),
    entry(GpcSector.STATIONARY_ENERGY, Scope.TWO, tonnes(50)),
    entry(GpcSector.TRANSPORTATION, Scope.ONE, tonnes(30)),
    entry(GpcSector.TRANSPORTATION, Scope.TWO, NotationKey.INCLUDED_ELSEWHERE, "in energy"),
    entry(GpcSector.WASTE, Scope.ONE, tonnes(7)),
    entry(GpcSector.WASTE, Scope.THREE, NotationKey.NOT_OCCURRING),
)


def inventory(*entries: InventoryEntry) -> Inventory:
    return Inventory(city=CityId("fi-turku"), year=2019, entries=entries, source=SOURCE)


def test_what_does_not_occur_and_what_is_counted_elsewhere_leave_a_total_complete() -> None:
    total = inventory(*BASIC).total()

    assert total.is_complete
    assert total.complete == YearlyEmissions(year=2019, emissions=tonnes(187))


@pytest.mark.parametrize("key", [NotationKey.NOT_ESTIMATED, NotationKey.CONFIDENTIAL])
def test_what_is_not_estimated_or_confidential_is_named_and_never_zero(key: NotationKey) -> None:
    waste = entry(GpcSector.WASTE, Scope.THREE, key, "no data of the landfill")
    total = inventory(*BASIC[:-1], waste).total()

    assert total.complete is None
    assert total.counted == tonnes(187)
    assert "waste, scope 3" in total.sentence
    assert "no data of the landfill" in total.sentence


def test_a_cell_that_is_left_out_is_not_reported() -> None:
    total = inventory(*BASIC[:-1]).total()

    assert [str(one) for one in total.absent] == ["waste, scope 3: not reported"]


def test_the_wider_level_asks_for_more_cells() -> None:
    total = inventory(*BASIC).total(ReportingLevel.BASIC_PLUS)

    assert len(total.absent) == 4
    assert total.counted == tonnes(187)


@pytest.mark.parametrize("key", [k for k in NotationKey if k is not NotationKey.NOT_OCCURRING])
def test_a_notation_key_needs_a_note(key: NotationKey) -> None:
    with pytest.raises(InvalidValueError):
        entry(GpcSector.WASTE, Scope.ONE, key)


def test_a_cell_that_the_protocol_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        entry(GpcSector.WASTE, Scope.TWO, tonnes(1))


def test_a_cell_that_stands_twice_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        inventory(BASIC[0], BASIC[0])
    parts = [
        entry(GpcSector.STATIONARY_ENERGY, Scope.ONE, tonnes(1), part=name) for name in ("a", "b")
    ]
    assert inventory(*parts).total().counted == tonnes(2)


@pytest.mark.parametrize("value", [tonnes(1), NotationKey.NOT_OCCURRING])
def test_a_part_beside_the_whole_of_its_cell_would_count_twice_and_is_refused(
    value: Emissions | NotationKey,
) -> None:
    part = entry(GpcSector.STATIONARY_ENERGY, Scope.ONE, value, part="homes")
    for entries in ((*BASIC, part), (part, *BASIC)):
        with pytest.raises(InvalidValueError, match="count twice"):
            inventory(*entries)
    assert inventory(*BASIC[1:], part).total().is_complete


def target(**changes: object) -> EmissionTarget:
    facts: dict[str, object] = {
        "base": YearlyEmissions(year=2020, emissions=tonnes(1000)),
        "target_year": 2040,
        "residual": tonnes(100),
        "offsets": tonnes(100),
        "source": SOURCE,
    }
    return EmissionTarget(**(facts | changes))  # type: ignore[arg-type]


def test_offsets_stand_apart_from_what_is_let_out() -> None:
    assert target().is_net_zero
    assert target().residual == tonnes(100)
    assert target().cut_share == pytest.approx(0.9)
    assert not target(offsets=tonnes(99)).is_net_zero
    assert "with offsets of 100 t CO2e" in str(target())


@pytest.mark.parametrize(
    "changes",
    [
        {"target_year": 2020},
        {"residual": tonnes(-1)},
        {"offsets": tonnes(-1)},
        {"base": YearlyEmissions(year=2020, emissions=tonnes(0))},
    ],
)
def test_a_target_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        target(**changes)
