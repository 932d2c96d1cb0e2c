"""Where invented cities lie: real countries, made-up names."""

from __future__ import annotations

from attrs import frozen

__all__ = ["LANDS", "Land"]


@frozen(kw_only=True)
class Land:
    """A country with what invented places of it have.

    Parameters
    ----------
    country
        ISO alpha-2 code.
    zone
        A time zone of it.
    languages
        Official languages as a cell holds them.
    income
        Its income group.
    climates
        Köppen-Geiger classes that occur.
    south, north, west, east
        A box of whole degrees inside the country.
    starts, ends
        Parts of which names are made.
    """

    country: str
    zone: str
    languages: str
    income: str
    climates: tuple[str, ...]
    south: int
    north: int
    west: int
    east: int
    starts: tuple[str, ...]
    ends: tuple[str, ...]


_LINES = """\
AR|America/Argentina/Cordoba|es|upper middle|Cfa BSk|-34 -30 -65 -60|San Lázaro Nueva Los Puerto|de la Vega|del Monte| Olivares| Quebrado
BR|America/Sao_Paulo|pt|upper middle|Cfa Aw|-23 -18 -48 -43|Serra Campo São Ribeira|do Norte| das Flores| Azevedo| Bonfim
CL|America/Santiago|es|high|Csb BSk|-36 -31 -71 -70|Quil Malle Ran Peu|pulén|huano|quihue|mávida
CO|America/Bogota|es|upper middle|Af Cfb|3 7 -76 -73|Villa Puerto San Santa|rrica|nares| Jerónimo| Rosalía
EC|America/Guayaquil|es|upper middle|Cfb Am|-3 0 -80 -78|Azo Cata Tungu Pau|gues|coto|cayo|marca
EG|Africa/Cairo|ar|lower middle|BWh|25 30 30 32|Kafr Mit Abu Tell|el-Wadi| Ghanem| Sabry| Mansur
ES|Europe/Madrid|es|high|Csa Csb|37 42 -6 -1|Villa Monte Fuen Torre|rreal|blanco|saúco|molinos
FI|Europe/Helsinki|fi; sv|high|Dfb Dfc|60 64 22 28|Vasko Lehti Hauko Rauta|järvi|niemi|koski|la
GB|Europe/London|en|high|Cfb|51 54 -3 0|Ash Brock Thorn Wex|bury|mouth|ham-on-Sea|leigh
GH|Africa/Accra|en|lower middle|Aw|5 9 -2 0|Kwa Ofo Asan Ten|manso|ase|krom|koro
GR|Europe/Athens|el|high|Csa|38 40 21 23|Palaio Neo Kalli Xero|chori|kastro|pigi|vryssi
ID|Asia/Jakarta|id|upper middle|Af Am|-8 -6 106 112|Karang Tanjung Muara Suka|sari|jaya| Rejo| Wangi
IN|Asia/Kolkata|hi; en|lower middle|Aw Cwa|18 27 75 84|Chandra Ram Vijay Sona|pur|nagar|garh|patnam
JO|Asia/Amman|ar|upper middle|BSk BWk|30 32 36 37|Umm Ain Wadi Deir|al-Zaytun| Sahm| Rihab| Qasr
JP|Asia/Tokyo|ja|high|Cfa|34 37 135 140|Kita Naga Shira Taka|yama|sawa|hara|minato
KE|Africa/Nairobi|sw; en|lower middle|Aw Cfb|-2 1 35 38|Ki Nya Ma Ru|sengo|makori|tunda|randa
MA|Africa/Casablanca|ar|lower middle|Csa BSk|31 34 -8 -5|Aït Ksar Beni Oued|Tazert| Mellal-Sud| Zeroual| Amlil
MX|America/Mexico_City|es|upper middle|Cwb BSk|18 21 -102 -98|Tla Cuau Xochi Teo|calpan|titlán|tepec|huacán
MY|Asia/Kuala_Lumpur|ms|upper middle|Af|3 6 100 103|Kampung Batu Sungai Bukit|Melor| Pinang-Dua| Serai| Hijau
NA|Africa/Windhoek|en|lower middle|BSh BWh|-23 -18 15 20|Otji Oma Groot Ondo|waronga|ruru|fontein|ngwa
NP|Asia/Kathmandu|ne|lower middle|Cwa Cwb|27 28 82 86|Bhakti Sunder Gor Lal|pur|khola|tar|bazar
PE|America/Lima|es; qu|upper middle|BWk Cwb|-14 -8 -78 -73|Pampa Huan Chu Aya|marca|cayoc|quillay|bambilla
PH|Asia/Manila|fil; en|lower middle|Af Am|10 16 120 124|Bala San Cala Tagu|ngay| Macario|mbuan|big
PT|Europe/Lisbon|pt|high|Csb Csa|38 41 -9 -7|Vila Póvoa Monte Aldeia| Serrana| de Baixo| do Carvalhal| Velha
SN|Africa/Dakar|fr|lower middle|BSh Aw|13 16 -16 -13|Kéra Ndia Sédh Thio|mbaye|kour|oulène|dara
TR|Europe/Istanbul|tr|upper middle|Csa BSk|37 40 28 38|Ak Yeşil Kara Gün|pınar|dere|hisar|eşme
VN|Asia/Ho_Chi_Minh|vi|lower middle|Aw Am|10 20 105 107|Bình An Long Phú|Khê| Lộc| Giang| Thọ
ZA|Africa/Johannesburg|zu; en; af|upper middle|Cwb BSk|-30 -25 25 31|Um Groen Kwa Steyn|zinto|dal|Mbatha|spruit
"""  # noqa: E501 - one land a line; names as they are spelled


def _land(line: str) -> Land:
    country, zone, languages, income, climates, box, starts, *ends = line.split("|")
    south, north, west, east = map(int, box.split())
    return Land(
        country=country,
        zone=zone,
        languages=languages,
        income=income,
        climates=tuple(climates.split()),
        south=south,
        north=north,
        west=west,
        east=east,
        starts=tuple(starts.split()),
        ends=tuple(ends),
    )


LANDS = tuple(_land(line) for line in _LINES.splitlines())
"""The lands in order of their codes."""
