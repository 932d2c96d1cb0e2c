"""The work behind ``utm practices``."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import Applicants, find_application, read_or_register
from utm.cli.exit_codes import ExitCode
from utm.cli.practice_index import open_index, topic_names
from utm.cli.terminal import print_json, print_list, print_text, say
from utm.cli.topics import topics_of
from utm.domain import (
    Application,
    City,
    LanguageCode,
    Need,
    Practice,
    TransferStage,
)
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange import JsonValue
from utm.interchange.lists import PRACTICES, TRANSFERS, format_in
from utm.knowledge import (
    ConditionStanding,
    Excerpt,
    Facet,
    FacetKind,
    Found,
    PracticeIndex,
    PracticeLibrary,
    PracticeStage,
    Question,
    Recommendation,
    entry_of,
    highlight,
    recommend_practices,
)

__all__ = ["Search", "print_advice", "print_check", "print_search"]

_PERCENT = 10_000
_MOST_VALUES = 30


@frozen(kw_only=True)
class Search:
    """What is searched for, as it was typed."""

    words: str
    all_words: bool
    languages: tuple[str, ...]
    facets: tuple[str, ...]
    like: str | None
    limit: int

    @property
    def question(self) -> Question:
        """The question, where every facet and language has been understood."""
        try:
            return Question(
                words=self.words,
                languages=tuple(LanguageCode(code) for code in self.languages),
                facets=tuple(_facet(text) for text in self.facets),
                all_words=self.all_words,
            )
        except InvalidValueError as error:
            raise click.UsageError(str(error)) from error


def print_search(
    path: Path,
    asked: Search,
    *,
    applicants: Path | None,
    kept_in: Path | None,
    on: Date | None,
    as_json: bool,
) -> None:
    """Print what is found, with an index that is kept in a file if one is named."""
    question = asked.question
    known = read_or_register(applicants, on=None)
    day = on or Date.today()
    city = _one_city(find_application(known, asked.like), asked.like) if asked.like else None
    with open_index(kept_in) as index:
        library = _library(path, known, index)
        found = library.search(question, on=day, city=city, limit=asked.limit)
    _hint_at_facets(library, question, day)
    _hint_at_languages(library, question, day)
    if as_json:
        hits: list[JsonValue] = [_hit(one, question) for one in found]
        print_json({"format": "utm.practices-found", "version": 1, "on": str(day), "hits": hits})
        return
    if not found:
        print_text(f"Nothing that is published on {day} answers.")
    for one in found:
        heading = f"{one.practice.title} ({one.practice.id}): {_places(one.practice)}"
        print_list(heading, _found_lines(one, question))


def print_advice(
    path: Path,
    city: str,
    *,
    needs: tuple[str, ...],
    transfers: Path | None,
    applicants: Path | None,
    on: Date | None,
    limit: int,
    as_json: bool,
) -> None:
    """Print what a city should look at."""
    known = read_or_register(applicants, on=None)
    application = find_application(known, city)
    day = on or Date.today()
    advice = recommend_practices(
        _library(path, known),
        _one_city(application, city),
        _needs(application, needs),
        on=day,
        transfers=() if transfers is None else TRANSFERS.read(transfers),
        limit=limit,
    )
    if as_json:
        print_json(
            {
                "format": "utm.practices-advised",
                "version": 1,
                "city": application.key.value,
                "on": str(day),
                "recommendations": [_recommended(one) for one in advice.recommendations],
                "excluded": [
                    {"practice": one.practice.value, "reason": one.reason}
                    for one in advice.excluded
                ],
            }
        )
        return
    if not advice.recommendations:
        print_text(f"Nothing that is published on {day} answers what is needed.")
    for one in advice.recommendations:
        practice = one.practice
        heading = f"{practice.title} ({practice.id}): {_places(practice)}, {one.score:,} points"
        print_list(heading, [*_reason_lines(one), *_gap_lines(one)])
    print_list("Left out:", [f"{each.practice}: {each.reason}" for each in advice.excluded])


def print_check(path: Path, *, on: Date | None) -> ExitCode:
    """Read a list of practices or transfers and count what is at which stage on a day."""
    day = on or Date.today()
    if format_in(path) == TRANSFERS.name:
        reached = [transfer.until(day).stage for transfer in TRANSFERS.read(path)]
        told = [f"{reached.count(each)} {each.value}" for each in TransferStage if each in reached]
        told += [f"{reached.count(None)} not begun"] if None in reached else []
        print_text(f"{len(reached)} transfers on {day}: {', '.join(told) or 'none'}.")
        return ExitCode.DONE
    records = PRACTICES.read(path)
    _library(path, read_or_register(None, on=None))
    stages = [record.stage_on(day) for record in records]
    counted = [f"{stages.count(stage)} {stage.value}" for stage in PracticeStage if stage in stages]
    counted += [f"{stages.count(None)} not yet drafted"] if None in stages else []
    print_text(f"{len(records)} practices on {day}: {', '.join(counted) or 'none'}.")
    return ExitCode.DONE


def _library(path: Path, known: Applicants, index: PracticeIndex | None = None) -> PracticeLibrary:
    cities = [city for application in known.applications for city in application.cities]
    try:
        return PracticeLibrary(
            PRACTICES.read(path),
            cities=cities,
            index=index,
            topic_names=topic_names(),
            take_over=True,
        )
    except InvalidValueError as error:
        problem = InputProblem(
            source=path.name,
            read=error.value,
            reason=f"{error.kind} {error.reason}",
            remedy="Correct what they build on.",
        )
        raise InvalidInputError((problem,)) from error


def _facet(text: str) -> Facet:
    kind, sign, value = text.partition("=")
    known = {each.value: each for each in FacetKind}
    if not sign or kind not in known:
        words = ", ".join(known)
        raise click.UsageError(f"--facet {text!r} is not KIND=VALUE with a kind of: {words}")
    return Facet.of(known[kind], value)


def _hint_at_facets(library: PracticeLibrary, question: Question, day: Date) -> None:
    """Say which values there are where nothing has a value that was asked for."""
    if not question.facets:
        return
    held = {facet for one in library.published(on=day) for facet in entry_of(one).facets}
    for asked in question.facets:
        if asked not in held:
            values = sorted(facet.value for facet in held if facet.kind is asked.kind)
            known = ", ".join(values[:_MOST_VALUES]) or "none"
            say(f"No practice has {asked.kind.value}={asked.value}; there are: {known}.")


def _hint_at_languages(library: PracticeLibrary, question: Question, day: Date) -> None:
    """Say in which languages there is anything where nothing is in one that was asked for."""
    told = {text.language for one in library.published(on=day) for text in one.texts}
    for asked in question.languages:
        if asked not in told:
            known = ", ".join(sorted(language.value for language in told)) or "none"
            say(f"No practice is told in {asked.value}; there are: {known}.")


def _one_city(application: Application, text: str) -> City:
    towns = application.cities
    named = towns if len(towns) == 1 else [t for t in towns if text in {t.name, t.id.value}]
    if not named:
        names = ", ".join(town.name for town in towns)
        raise click.UsageError(f"{text!r} is a consortium; name one of its towns: {names}")
    return named[0]


def _needs(application: Application, topics: tuple[str, ...]) -> tuple[Need, ...]:
    if not topics:
        if not application.needs:
            raise click.UsageError("the city applied with no need: name one with --need TOPIC")
        return application.needs
    distinct = topics_of(topics)
    return tuple(Need(topic=topic, weight_share=1 / len(distinct)) for topic in distinct)


def _places(practice: Practice) -> str:
    return ", ".join(
        origin.country.value if origin.city is None else origin.city.value
        for origin in practice.origins
    )


def _found_lines(one: Found, question: Question) -> list[str]:
    lines = [one.practice.texts[0].summary] if not question.words.strip() else list[str]()
    lines += [f"{each.field}: {_marked(each)}" for each in _excerpts(one, question)]
    if one.likeness is not None:
        low, high = (n // _PERCENT for n in (one.likeness.lowest, one.likeness.highest))
        lines.append(f"context {low} to {high} % alike")
    return lines


def _excerpts(one: Found, question: Question) -> tuple[Excerpt, ...]:
    return highlight(one.practice, question, topic_names=topic_names())


def _marked(excerpt: Excerpt) -> str:
    """Set the marked words between asterisks."""
    pieces: list[str] = []
    place = 0
    for start, end in excerpt.marks:
        pieces += [excerpt.text[place:start], f"*{excerpt.text[start:end]}*"]
        place = end
    text = " ".join("".join([*pieces, excerpt.text[place:]]).split())
    return f"{'…' if excerpt.cut_before else ''}{text}{'…' if excerpt.cut_after else ''}"


def _reason_lines(one: Recommendation) -> list[str]:
    return [f"{reason.points:+,} {reason}" for reason in one.reasons]


def _gap_lines(one: Recommendation) -> list[str]:
    lines = [
        f"condition {each.standing.value}: {each.condition.statement} ({each.reason})"
        for standing in ConditionStanding
        for each in one.gap.of(standing)
    ]
    blocks = ", ".join(block.name for block in one.gap.reusable_blocks)
    return [*lines, f"can be taken over as they are: {blocks}"] if blocks else lines


def _hit(one: Found, question: Question) -> JsonValue:
    alike = one.likeness
    return {
        "practice": one.practice.id.value,
        "title": one.practice.title,
        "score": one.score,
        "words_rank": one.words_rank,
        "context_rank": one.context_rank,
        "likeness_millionths": None if alike is None else [alike.lowest, alike.highest],
        "excerpts": [
            {
                "field": each.field,
                "language": each.language.value,
                "text": each.text,
                "marks": [list(mark) for mark in each.marks],
            }
            for each in _excerpts(one, question)
        ],
    }


def _recommended(one: Recommendation) -> JsonValue:
    return {
        "practice": one.practice.id.value,
        "title": one.practice.title,
        "score": one.score,
        "reasons": [
            {"points": each.points, "sentence": str(each), "kind": type(each).__name__}
            for each in one.reasons
        ],
        "conditions": [
            {
                "statement": each.condition.statement,
                "standing": each.standing.value,
                "reason": each.reason,
            }
            for each in one.gap.findings
        ],
    }
