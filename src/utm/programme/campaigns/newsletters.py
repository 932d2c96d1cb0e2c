"""Newsletters: only who has asked for one is sent it, and for as long as that holds."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import Source
from utm.programme.history import Refusal, Requirement

__all__ = [
    "NEWSLETTER_REQUIREMENTS",
    "IssueSent",
    "Newsletter",
    "NewsletterBegun",
    "NewsletterEvent",
    "Subscribed",
    "Unsubscribed",
    "refuse_newsletter",
    "with_newsletter",
]


@frozen(kw_only=True)
class NewsletterBegun:
    """A newsletter begins; nobody has subscribed to it yet.

    Parameters
    ----------
    newsletter
        Its key.
    title
        Its name.
    """

    newsletter: str
    title: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Newsletter {self.title} began."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The newsletter."""
        return (self.newsletter,)


@frozen(kw_only=True)
class Subscribed:
    """Somebody asks for a newsletter.

    Parameters
    ----------
    newsletter
        The newsletter.
    subscriber
        A key, neither name nor address: personal data belong elsewhere.
    consent
        Where it can be seen that it was asked for: without that nobody subscribes.
    """

    newsletter: str
    subscriber: str
    consent: Source

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.subscriber} subscribed to {self.newsletter}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Who subscribed, and the newsletter."""
        return (self.subscriber, self.newsletter)


@frozen(kw_only=True)
class Unsubscribed:
    """Somebody wants a newsletter no more."""

    newsletter: str
    subscriber: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.subscriber} no longer receives {self.newsletter}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Who left, and the newsletter."""
        return (self.subscriber, self.newsletter)


@frozen(kw_only=True)
class IssueSent:
    """An issue was sent to those who subscribed by then.

    Parameters
    ----------
    newsletter
        The newsletter.
    issue
        The title or number of the issue, each once.
    """

    newsletter: str
    issue: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Issue {self.issue} of {self.newsletter} was sent."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The newsletter."""
        return (self.newsletter,)


NewsletterEvent: TypeAlias = NewsletterBegun | Subscribed | Unsubscribed | IssueSent
"""Any of these; each can be asked for by a command."""


@frozen(kw_only=True)
class Newsletter:
    """A newsletter as it stands.

    Parameters
    ----------
    terms
        As it began.
    subscribers
        Keys of those who receive it, in the order in which they subscribed.
    issues
        Day, title and number of receivers of each issue, in order.
    """

    terms: NewsletterBegun
    subscribers: tuple[str, ...] = ()
    issues: tuple[tuple[Date, str, int], ...] = ()


_KNOWN = Requirement(
    id="campaign.known-newsletter", text="a newsletter begins once, before all else"
)
_OPT_IN = Requirement(
    id="campaign.opt-in", text="who asked for a newsletter receives it, until that is taken back"
)
_ISSUE = Requirement(id="campaign.issue-once", text="an issue of a newsletter is sent once")
NEWSLETTER_REQUIREMENTS = (_KNOWN, _OPT_IN, _ISSUE)
"""All that a command to a newsletter may be refused for."""


def refuse_newsletter(known: Newsletter | None, action: NewsletterEvent) -> Refusal | None:
    """Say why something may not happen to a newsletter; ``None`` if it may."""
    if isinstance(action, NewsletterBegun) is (known is not None):
        there = "there is a" if known is not None else "there is no"
        return _KNOWN.refuse(f"{there} newsletter {action.newsletter}")
    if known is None or isinstance(action, NewsletterBegun):
        return None
    if isinstance(action, IssueSent):
        return _refuse_issue(known, action)
    receives = action.subscriber in known.subscribers
    if receives is not isinstance(action, Subscribed):
        return None
    how = "has subscribed already" if receives else "has not subscribed"
    return _OPT_IN.refuse(f"{action.subscriber} {how}")


def _refuse_issue(known: Newsletter, action: IssueSent) -> Refusal | None:
    sent = [day for day, issue, _ in known.issues if issue == action.issue]
    if sent:
        return _ISSUE.refuse(f"it was sent on {sent[0]}")
    return None if known.subscribers else _OPT_IN.refuse("nobody has subscribed")


def with_newsletter(
    newsletters: tuple[Newsletter, ...], event: NewsletterEvent, on: Date
) -> tuple[Newsletter, ...]:
    """The newsletters after something happened to one of them."""
    if isinstance(event, NewsletterBegun):
        return (*newsletters, Newsletter(terms=event))
    return tuple(
        _after(one, event, on) if one.terms.newsletter == event.newsletter else one
        for one in newsletters
    )


def _after(known: Newsletter, event: Subscribed | Unsubscribed | IssueSent, on: Date) -> Newsletter:
    match event:
        case Subscribed():
            return evolve(known, subscribers=(*known.subscribers, event.subscriber))
        case Unsubscribed():
            left = tuple(one for one in known.subscribers if one != event.subscriber)
            return evolve(known, subscribers=left)
        case IssueSent():
            return evolve(known, issues=(*known.issues, (on, event.issue, len(known.subscribers))))
        case _:  # pragma: no cover
            assert_never(event)
