"""Lists of facts as documents: practices, transfers, opportunities, needs, partners, actions.

Each format is a value that reads, writes and describes. A document is read whole or not at
all, with every problem and its JSON path; the same facts in any order give the same text.
"""

from utm.interchange.lists.format import ListFormat, format_in
from utm.interchange.lists.funded_actions import FUNDED_ACTIONS
from utm.interchange.lists.needs import NEEDS
from utm.interchange.lists.opportunities import OPPORTUNITIES, OpportunityEntry
from utm.interchange.lists.partners import PARTNERS
from utm.interchange.lists.practices import PRACTICES, TRANSFERS
from utm.interchange.lists.renewal import (
    FieldChange,
    RecordChange,
    Renewal,
    renew_actions,
    renew_opportunities,
)

__all__ = [
    "FUNDED_ACTIONS",
    "NEEDS",
    "OPPORTUNITIES",
    "PARTNERS",
    "PRACTICES",
    "TRANSFERS",
    "FieldChange",
    "ListFormat",
    "OpportunityEntry",
    "RecordChange",
    "Renewal",
    "format_in",
    "renew_actions",
    "renew_opportunities",
]
