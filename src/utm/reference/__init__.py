"""Cited data that ships with the package: City2City 2026, its cities and its topics."""

from utm.reference.credits import attribution
from utm.reference.lookup import find_city
from utm.reference.register import Register, city2city_2026
from utm.reference.rulebook_case_files import rulebook_cases
from utm.reference.taxonomy import city2city_taxonomy

__all__ = [
    "Register",
    "attribution",
    "city2city_2026",
    "city2city_taxonomy",
    "find_city",
    "rulebook_cases",
]
