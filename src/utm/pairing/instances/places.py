"""Places from which invented participants come: country, time zone, languages."""

from __future__ import annotations

from attrs import frozen

__all__ = ["PLACES", "Place"]


@frozen
class Place:
    """A country with one time zone, its working languages and its region."""

    country: str
    timezone: str
    languages: tuple[str, ...]
    region: str


_EUROPE, _AFRICA, _AMERICAS, _ASIA = "Europe", "Africa", "Americas", "Asia and the Pacific"

PLACES = (  # the first are drawn most often; the first 22 keep their order for ever
    Place("ES", "Europe/Madrid", ("es",), _EUROPE),
    Place("IN", "Asia/Kolkata", ("en", "hi"), _ASIA),
    Place("IT", "Europe/Rome", ("it",), _EUROPE),
    Place("BR", "America/Sao_Paulo", ("pt",), _AMERICAS),
    Place("US", "America/New_York", ("en",), _AMERICAS),
    Place("TR", "Europe/Istanbul", ("tr",), _EUROPE),
    Place("CO", "America/Bogota", ("es",), _AMERICAS),
    Place("GH", "Africa/Accra", ("en",), _AFRICA),
    Place("FR", "Europe/Paris", ("fr",), _EUROPE),
    Place("MA", "Africa/Casablanca", ("ar", "fr"), _AFRICA),
    Place("ID", "Asia/Jakarta", ("id",), _ASIA),
    Place("MX", "America/Mexico_City", ("es",), _AMERICAS),
    Place("PT", "Europe/Lisbon", ("pt",), _EUROPE),
    Place("KE", "Africa/Nairobi", ("en", "sw"), _AFRICA),
    Place("UA", "Europe/Kyiv", ("uk",), _EUROPE),
    Place("CL", "America/Santiago", ("es",), _AMERICAS),
    Place("ZA", "Africa/Johannesburg", ("en",), _AFRICA),
    Place("JP", "Asia/Tokyo", ("ja",), _ASIA),
    Place("FI", "Europe/Helsinki", ("fi", "sv"), _EUROPE),
    Place("MZ", "Africa/Maputo", ("pt",), _AFRICA),
    Place("NP", "Asia/Kathmandu", ("ne",), _ASIA),
    Place("NZ", "Pacific/Auckland", ("en",), _ASIA),
    Place("AR", "America/Argentina/Buenos_Aires", ("es",), _AMERICAS),
    Place("DE", "Europe/Berlin", ("de",), _EUROPE),
    Place("SN", "Africa/Dakar", ("fr",), _AFRICA),
    Place("PH", "Asia/Manila", ("en", "tl"), _ASIA),
    Place("PE", "America/Lima", ("es",), _AMERICAS),
    Place("BE", "Europe/Brussels", ("fr", "nl"), _EUROPE),
    Place("NG", "Africa/Lagos", ("en",), _AFRICA),
    Place("VN", "Asia/Ho_Chi_Minh", ("vi",), _ASIA),
    Place("CA", "America/Toronto", ("en", "fr"), _AMERICAS),
    Place("GR", "Europe/Athens", ("el",), _EUROPE),
    Place("TZ", "Africa/Dar_es_Salaam", ("en", "sw"), _AFRICA),
    Place("KR", "Asia/Seoul", ("ko",), _ASIA),
    Place("EC", "America/Guayaquil", ("es",), _AMERICAS),
    Place("PL", "Europe/Warsaw", ("pl",), _EUROPE),
    Place("CI", "Africa/Abidjan", ("fr",), _AFRICA),
    Place("BD", "Asia/Dhaka", ("bn",), _ASIA),
    Place("CR", "America/Costa_Rica", ("es",), _AMERICAS),
    Place("SE", "Europe/Stockholm", ("sv",), _EUROPE),
)
"""Forty countries, one zone each, in regions as wide as a working day allows."""
