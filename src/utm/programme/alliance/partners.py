"""Which partners belong to the alliance: the two registers tell one organisation by its name."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import Date

from utm.domain import Partner, name_key
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.alliance.state import Alliance

__all__ = ["partners_in_alliance"]


def partners_in_alliance(
    partners: Iterable[Partner], alliance: Alliance, *, on: Date
) -> tuple[Partner, ...]:
    """Keep the partners that are members of the alliance at the end of a day.

    A partner is the member of the same name, whatever the case and accents. Give what is kept
    to `utm.funding.fitting_partners`, so that only members are offered. O(partners + members).

    Parameters
    ----------
    partners
        Partners, in any order.
    alliance
        The alliance.
    on
        The day.

    Returns
    -------
    tuple
        In the order given. One that never joined, has left, or joins later is left out.

    Raises
    ------
    InvalidValueError
        Two partners bear the name of one member, so that nobody knows which of them it is.
    """
    require_date(on)
    members = {name_key(one.name) for one in alliance.members if one.role_on(on) is not None}
    bearers: dict[str, list[Partner]] = {}
    for partner in partners:
        name = name_key(partner.name)
        if name in members:
            bearers.setdefault(name, []).append(partner)
    shared = [each.id.value for group in bearers.values() if len(group) > 1 for each in group]
    if shared:
        raise InvalidValueError(
            kind="partners",
            value=sorted(shared),
            reason="bear the name of one member of the alliance",
        )
    return tuple(partner for group in bearers.values() for partner in group)
