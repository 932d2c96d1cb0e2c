"""The helpdesk: requests for help that are answered, and answers that others find too."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import CityId, fold_name
from utm.programme.history import Refusal, Requirement

__all__ = [
    "HELPDESK_REQUIREMENTS",
    "FaqEntry",
    "FaqPublished",
    "FaqWithdrawn",
    "HelpAsked",
    "HelpGiven",
    "HelpTicket",
    "Helpdesk",
    "HelpdeskEvent",
]


@frozen(kw_only=True)
class HelpAsked:
    """A city asks the staff for help; unlike a question to others, nobody else reads it.

    Parameters
    ----------
    ticket
        Its key.
    city
        Who asks.
    text
        What it asks. It stands in the history, and in no sentence of a digest.
    """

    ticket: str
    city: CityId
    text: str

    @property
    def sentence(self) -> str:
        """What happened, without the text."""
        return f"{self.city} asked for help: {self.ticket}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class HelpGiven:
    """A request for help is answered; it is closed in no other way.

    Parameters
    ----------
    ticket
        Its key.
    answer
        What was answered.
    """

    ticket: str
    answer: str

    @property
    def sentence(self) -> str:
        """What happened, without the text."""
        return f"Request {self.ticket} was answered."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The request."""
        return (self.ticket,)


@frozen(kw_only=True)
class FaqPublished:
    """A question that is often asked, with its answer for all.

    Parameters
    ----------
    entry
        Its key.
    question, answer
        In words that name no city that asked.
    tickets
        Answered requests that it came from; none if nobody asked yet.
    """

    entry: str
    question: str
    answer: str
    tickets: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Frequent question {self.entry} was answered for all: {self.question}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """The entry."""
        return (self.entry,)


@frozen(kw_only=True)
class FaqWithdrawn:
    """A frequent question is shown no more, since its answer does not hold any longer."""

    entry: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Frequent question {self.entry} was withdrawn."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The entry."""
        return (self.entry,)


HelpdeskEvent: TypeAlias = HelpAsked | HelpGiven | FaqPublished | FaqWithdrawn
"""Any of these; each can be asked for by a command."""


@frozen(kw_only=True)
class HelpTicket:
    """A request for help as it stands; open while there is no answer."""

    asked: HelpAsked
    asked_on: Date
    answer: str = ""
    answered_on: Date | None = None


@frozen(kw_only=True)
class FaqEntry:
    """A frequent question as it stands."""

    published: FaqPublished
    published_on: Date
    withdrawn_on: Date | None = None


_TICKET = Requirement(
    id="learning.open-ticket", text="a request for help is made once, then answered once"
)
_FAQ = Requirement(
    id="learning.faq-shown", text="a frequent question is published once, then withdrawn once"
)
_FROM = Requirement(
    id="learning.faq-from-answers",
    text="a frequent question comes from requests that were answered",
)
HELPDESK_REQUIREMENTS = (_TICKET, _FAQ, _FROM)
"""All that a command to the helpdesk may be refused for."""


@frozen(kw_only=True)
class Helpdesk:
    """Requests for help and frequent questions, each in order.

    Parameters
    ----------
    tickets
        Every request.
    faq
        Every frequent question, shown or not.
    """

    tickets: tuple[HelpTicket, ...] = ()
    faq: tuple[FaqEntry, ...] = ()

    @property
    def open_tickets(self) -> tuple[HelpTicket, ...]:
        """Requests without an answer, the oldest first."""
        return tuple(one for one in self.tickets if one.answered_on is None)

    @property
    def shown(self) -> tuple[FaqPublished, ...]:
        """The frequent questions that are shown, in order."""
        return tuple(one.published for one in self.faq if one.withdrawn_on is None)

    def find(self, words: str) -> tuple[FaqPublished, ...]:
        """The frequent questions that share a word with a text, those with most first.

        Case and accents make no difference, and words of fewer than four letters do not count.
        """
        sought = _words(words)
        found = [(len(sought & _words(f"{one.question} {one.answer}")), one) for one in self.shown]
        return tuple(one for shared, one in sorted(found, key=lambda pair: -pair[0]) if shared)

    def refuse(self, action: HelpdeskEvent) -> Refusal | None:
        """Say why something may not happen; ``None`` if it may."""
        match action:
            case HelpAsked() | HelpGiven():
                known = next(
                    (one for one in self.tickets if one.asked.ticket == action.ticket), None
                )
                return _refuse_ticket(known, action)
            case FaqPublished():
                if any(one.published.entry == action.entry for one in self.faq):
                    return _FAQ.refuse(f"there is an entry {action.entry}")
                answered = {one.asked.ticket for one in self.tickets if one.answer}
                missing = [one for one in action.tickets if one not in answered]
                return _FROM.refuse(f"{', '.join(missing)} is none") if missing else None
            case FaqWithdrawn():
                shown = action.entry in {one.entry for one in self.shown}
                return None if shown else _FAQ.refuse(f"{action.entry} is not shown")
            case _:  # pragma: no cover
                assert_never(action)

    def after(self, event: HelpdeskEvent, on: Date) -> Helpdesk:
        """The helpdesk after something happened."""
        match event:
            case HelpAsked():
                return evolve(self, tickets=(*self.tickets, HelpTicket(asked=event, asked_on=on)))
            case HelpGiven():
                tickets = tuple(
                    evolve(one, answer=event.answer, answered_on=on)
                    if one.asked.ticket == event.ticket
                    else one
                    for one in self.tickets
                )
                return evolve(self, tickets=tickets)
            case FaqPublished():
                return evolve(self, faq=(*self.faq, FaqEntry(published=event, published_on=on)))
            case FaqWithdrawn():
                faq = tuple(
                    evolve(one, withdrawn_on=on) if one.published.entry == event.entry else one
                    for one in self.faq
                )
                return evolve(self, faq=faq)
            case _:  # pragma: no cover
                assert_never(event)

    def affected(self, event: HelpdeskEvent) -> tuple[str, ...]:
        """The city whose request is answered, and those whose requests others may read of."""
        keys: tuple[str, ...] = ()
        if isinstance(event, HelpGiven):
            keys = (event.ticket,)
        elif isinstance(event, FaqPublished):
            keys = event.tickets
        return tuple(one.asked.city.value for one in self.tickets if one.asked.ticket in keys)


def _refuse_ticket(known: HelpTicket | None, action: HelpAsked | HelpGiven) -> Refusal | None:
    if isinstance(action, HelpAsked):
        return None if known is None else _TICKET.refuse(f"there is a request {action.ticket}")
    if known is None:
        return _TICKET.refuse(f"there is no request {action.ticket}")
    if known.answered_on is not None:
        return _TICKET.refuse(f"{action.ticket} was answered on {known.answered_on}")
    return None


_SHORTEST_WORD = 4


def _words(text: str) -> set[str]:
    return {word for word in fold_name(text).split() if len(word) >= _SHORTEST_WORD}
