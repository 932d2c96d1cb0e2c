"""Whose data ship with the package, and under which terms."""

from __future__ import annotations

__all__ = ["attribution"]

_ATTRIBUTION = """\
City identifiers, names, coordinates, elevations, populations and time zones: GeoNames
(https://www.geonames.org), licensed under Creative Commons Attribution 4.0
(https://creativecommons.org/licenses/by/4.0/). Selected, matched to the published list
and rearranged; no value was altered.
Second population figures and listings for the Global Covenant of Mayors: facts from
ClimActor, contextual data of December 2022, Data-Driven EnviroLab
(https://github.com/datadrivenenvirolab/ClimActor).
Country codes and regions: ISO 3166-1 and the United Nations' standard M49.
Codes of places: UN/LOCODE 2023-1, United Nations Economic Commission for Europe.
Income groups: World Bank country and lending groups, licensed under CC BY 4.0.
Climate classes: where two sources agree; one is derived from ERA5 and contains modified
Copernicus Climate Change Service information. Neither the European Commission nor ECMWF
is responsible for any use of it.
Coastlines: Natural Earth (https://www.naturalearthdata.com), public domain.
Names of cities, groups, themes and focus titles, and announced numbers: pages of the
Urban Transitions Mission, cited fact by fact."""


def attribution() -> str:
    """The credits that a report made with the shipped data must carry, as plain text."""
    return _ATTRIBUTION
