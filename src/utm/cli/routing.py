"""The work behind ``utm history route``: who is best placed to answer a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from attrs import evolve, frozen
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.clock import today
from utm.cli.recording import granted, read_kind
from utm.cli.terminal import print_list, print_table, print_text
from utm.domain import Application, CityId, LanguageCode
from utm.interchange.histories import write_history
from utm.programme.history import Command
from utm.programme.learning import (
    Community,
    CommunityHistory,
    LearningEvent,
    Post,
    QuestionAsked,
    QuestionRouted,
    Respondent,
    RoutedTo,
    route_question,
)

__all__ = ["RoutingRequest", "list_questions", "route"]


@frozen(kw_only=True)
class RoutingRequest:
    """What the command line asks for; nobody who asks stands for a mere proposal."""

    community: Path
    question: str
    applicants: Path | None
    most: int
    on: Date | None
    by: str | None
    why: str


def list_questions(path: Path, *, on: Date | None) -> None:
    """Print every question with what has come of it, those without an answer first."""
    history: CommunityHistory = read_kind(path, "learning")
    state = history.as_of(on or today()).state
    asked = [
        (post, post.content) for post in state.posts if isinstance(post.content, QuestionAsked)
    ]
    ordered = sorted(asked, key=lambda one: (bool(state.answers_to(one[0].id)), one[0].posted_on))
    print_table(
        f"{history.lifecycle.name}: {len(asked)} questions",
        ["question", "asked by", "topic", "status", "put to", "answers"],
        [
            [
                post.id,
                f"{post.city} on {post.posted_on}",
                content.topic.value,
                post.status.value,
                ", ".join(routed.city.value for _, routed in post.routed) or "nobody",
                str(len(state.answers_to(post.id))),
            ]
            for post, content in ordered
        ],
    )


def route(request: RoutingRequest) -> None:
    """Propose who should be asked, with reasons; record it if somebody asks for that."""
    history: CommunityHistory = read_kind(request.community, "learning")
    day = request.on or today()
    state = history.as_of(day).state
    found = state.question(request.question)
    if found is None:
        keys = [one.id for one in state.posts if isinstance(one.content, QuestionAsked)]
        known = ", ".join(keys) or "none"
        raise click.UsageError(f"there is no question {request.question!r}; those are: {known}")
    post, _ = found
    applications = read_or_register(request.applicants, on=day).applications
    everybody = _respondents(applications)
    respondents = [one for one in everybody if one.city in state.register]
    languages = next((one.languages for one in everybody if one.city == post.city), ())

    def ask(community: Community) -> tuple[RoutedTo, ...]:
        return route_question(
            community,
            post.id,
            respondents,
            on=day,
            asker_languages=languages,
            most=len(respondents) or 1,
        )

    able = ask(state)
    proposals = able[: request.most]
    print_text(f"{post.id}, asked by {post.city}: {_text(post)}")
    print_list("Best placed to answer:", [str(one) for one in proposals])
    if not proposals:
        print_text("Nobody in the register who may be asked has an offer in its theme.")
    _print_left_out(state, ask, able, day)
    strangers = len(everybody) - len(respondents)
    if strangers:
        print_text(f"{strangers} cities with offers are not in the register: utm history cities.")
    _record(request, history, proposals, day)


def _print_left_out(
    state: Community,
    ask: Callable[[Community], tuple[RoutedTo, ...]],
    able: tuple[RoutedTo, ...],
    day: Date,
) -> None:
    """Name those whom only the cap spares."""
    terms = state.terms
    uncapped = ask(evolve(state, terms=evolve(terms, most_asked=len(state.posts) + 1)))
    spared = sorted({one.city for one in uncapped} - {one.city for one in able})
    print_list(
        f"Not asked, since no city is asked more than {terms.most_asked} times in "
        f"{terms.within_days} days:",
        [f"{city}: {state.asked_lately(city, day)} times" for city in spared],
    )


def _record(
    request: RoutingRequest, history: CommunityHistory, to: tuple[RoutedTo, ...], day: Date
) -> None:
    if not to:
        return
    if request.by is None:
        print_text("Nothing was written. Add --yes and --by to record it.")
        return
    command: Command[LearningEvent] = Command(
        action=QuestionRouted(question=request.question, to=to),
        by=request.by,
        on=day,
        why=request.why,
    )
    following: CommunityHistory = granted(history.record(command), source=request.community.name)
    write_history(request.community, following)
    print_text(f"Recorded as entry {len(following.entries)} of {request.community}.")


def _respondents(applications: Iterable[Application]) -> tuple[Respondent, ...]:
    """The cities that offer something, each with what its applications offer."""
    found: dict[CityId, Respondent] = {}
    for application in applications:
        for city in application.cities:
            known = found.get(city.id, Respondent(city=city.id))
            languages: tuple[LanguageCode, ...] = tuple(
                dict.fromkeys((*known.languages, *city.languages))
            )
            found[city.id] = evolve(
                known, offers=(*known.offers, *application.offers), languages=languages
            )
    return tuple(found.values())


def _text(post: Post) -> str:
    return post.content.text
