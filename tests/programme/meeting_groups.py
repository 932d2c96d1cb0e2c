"""The 19 groups of City2City 2026 as listed, with the zone of each city.

The zones are those that GeoNames gives; the common office hours were counted by hand on
15 January and 15 July 2026, the smaller of the two is told.
"""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain import Period, TimeZone
from utm.programme import Attendee, HolidayCalendar, OfficeHours


@frozen(kw_only=True)
class ListedGroup:
    common_office_hours: float
    cities: tuple[tuple[str, str, str], ...]

    @property
    def zones(self) -> list[TimeZone]:
        return [TimeZone(zone) for _, _, zone in self.cities]

    def attendees(self) -> list[Attendee]:
        return [
            Attendee(key=f"{country.lower()} {name}", name=name, timezone=TimeZone(zone))
            for name, country, zone in self.cities
        ]


def attendee(
    zone: str,
    *,
    key: str | None = None,
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5),
    holidays: HolidayCalendar | None = None,
    hours: OfficeHours | None = None,
) -> Attendee:
    return Attendee(
        key=key or zone,
        name=key or zone,
        timezone=TimeZone(zone),
        working_weekdays=weekdays,
        holidays=holidays,
        hours=hours or OfficeHours(),
    )


YEAR_2025 = Period(start=Date(2025, 1, 1), end=Date(2026, 1, 1))

LISTED_GROUPS = {
    1: ListedGroup(
        common_office_hours=1,
        cities=(
            ("Barranquilla", "CO", "America/Bogota"),
            ("Córdoba", "AR", "America/Argentina/Cordoba"),
            ("Quelimane", "MZ", "Africa/Maputo"),
            ("Peñaloen", "CL", "America/Santiago"),
        ),
    ),
    2: ListedGroup(
        common_office_hours=5,
        cities=(
            ("Çorlu", "TR", "Europe/Istanbul"),
            ("Sekondi-Takoradi", "GH", "Africa/Accra"),
            ("Zhytomyr", "UA", "Europe/Kyiv"),
        ),
    ),
    3: ListedGroup(
        common_office_hours=1,
        cities=(
            ("Darkhan", "MN", "Asia/Ulaanbaatar"),
            ("Istanbul", "TR", "Europe/Istanbul"),
            ("València", "ES", "Europe/Madrid"),
        ),
    ),
    4: ListedGroup(
        common_office_hours=1,
        cities=(
            ("Ann Arbor", "US", "America/Detroit"),
            ("Lviv", "UA", "Europe/Kyiv"),
        ),
    ),
    5: ListedGroup(
        common_office_hours=5,
        cities=(
            ("Sheki", "AZ", "Asia/Baku"),
            ("Pontianak", "ID", "Asia/Pontianak"),
            ("Tilottama", "NP", "Asia/Kathmandu"),
        ),
    ),
    6: ListedGroup(
        common_office_hours=5,
        cities=(
            ("Bandirma", "TR", "Europe/Istanbul"),
            ("Braga", "PT", "Europe/Lisbon"),
        ),
    ),
    7: ListedGroup(
        common_office_hours=5,
        cities=(
            ("Ablekuma", "GH", "Africa/Accra"),
            ("Belo Horizonte", "BR", "America/Sao_Paulo"),
            ("Salvador", "BR", "America/Bahia"),
        ),
    ),
    8: ListedGroup(
        common_office_hours=3,
        cities=(
            ("Guimarães", "PT", "Europe/Lisbon"),
            ("Renca", "CL", "America/Santiago"),
        ),
    ),
    9: ListedGroup(
        common_office_hours=6,
        cities=(
            ("Cuenca", "EC", "America/Guayaquil"),
            ("Mendoza", "AR", "America/Argentina/Mendoza"),
        ),
    ),
    10: ListedGroup(
        common_office_hours=1,
        cities=(
            ("Tegucigalpa", "HN", "America/Tegucigalpa"),
            ("Cascais", "PT", "Europe/Lisbon"),
            ("San Luis Potosi", "MX", "America/Monterrey"),
        ),
    ),
    11: ListedGroup(
        common_office_hours=4.25,
        cities=(
            ("Nagarjun", "NP", "Asia/Kathmandu"),
            ("Panaji", "IN", "Asia/Kolkata"),
            ("Walvis Bay", "NA", "Africa/Windhoek"),
        ),
    ),
    12: ListedGroup(
        common_office_hours=3,
        cities=(
            ("Balikpapan", "ID", "Asia/Makassar"),
            ("Nakuru", "KE", "Africa/Nairobi"),
            ("Surat", "IN", "Asia/Kolkata"),
        ),
    ),
    13: ListedGroup(
        common_office_hours=6,
        cities=(
            ("Miami-Dade", "US", "America/New_York"),
            ("Porto Alegre", "BR", "America/Sao_Paulo"),
        ),
    ),
    14: ListedGroup(
        common_office_hours=2.25,
        cities=(
            ("Birmingham", "GB", "Europe/London"),
            ("Mumbai", "IN", "Asia/Kolkata"),
            ("Belauri", "NP", "Asia/Kathmandu"),
        ),
    ),
    15: ListedGroup(
        common_office_hours=0,
        cities=(
            ("Rio de Janeiro", "BR", "America/Sao_Paulo"),
            ("Varanasi", "IN", "Asia/Kolkata"),
            ("Yenisehir", "TR", "Europe/Istanbul"),
        ),
    ),
    16: ListedGroup(
        common_office_hours=1,
        cities=(
            ("Baguio", "PH", "Asia/Manila"),
            ("Chefchaouen", "MA", "Africa/Casablanca"),
            ("Leh", "IN", "Asia/Kolkata"),
            ("Dhankuta", "NP", "Asia/Kathmandu"),
        ),
    ),
    17: ListedGroup(
        common_office_hours=6,
        cities=(
            ("Poti", "GE", "Asia/Tbilisi"),
            ("Straseni", "MD", "Europe/Chisinau"),
        ),
    ),
    18: ListedGroup(
        common_office_hours=8,
        cities=(
            ("Kisumu", "KE", "Africa/Nairobi"),
            ("Mersin", "TR", "Europe/Istanbul"),
        ),
    ),
    19: ListedGroup(
        common_office_hours=7,
        cities=(
            ("Gaziantep", "TR", "Europe/Istanbul"),
            ("Chisinau", "MD", "Europe/Chisinau"),
        ),
    ),
}
