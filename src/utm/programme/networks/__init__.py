"""City networks and who belongs to them over time; what is covered in each country."""

from utm.programme.networks.events import (
    CityEntered,
    NetworkEntered,
    NetworkEvent,
    StandingTaken,
)
from utm.programme.networks.lifecycle import (
    NETWORK_REQUIREMENTS,
    NetworkHistory,
    begin_networks,
)
from utm.programme.networks.state import (
    CountryCoverage,
    NetworkRegistry,
    Standing,
    cover_countries,
)

__all__ = [
    "NETWORK_REQUIREMENTS",
    "CityEntered",
    "CountryCoverage",
    "NetworkEntered",
    "NetworkEvent",
    "NetworkHistory",
    "NetworkRegistry",
    "Standing",
    "StandingTaken",
    "begin_networks",
    "cover_countries",
]
