"""Topics as they are typed: understood, and questioned where the programme has no such topic."""

from __future__ import annotations

from collections.abc import Sequence

import click

from utm.cli.terminal import say
from utm.domain import TopicId
from utm.errors import InvalidValueError
from utm.reference import city2city_taxonomy

__all__ = ["topics_of"]


def topics_of(texts: Sequence[str]) -> tuple[TopicId, ...]:
    """Read topics, each once; one that City2City does not have is taken, and said to be such.

    Raises
    ------
    click.UsageError
        A text is no topic at all.
    """
    try:
        topics = tuple(dict.fromkeys(TopicId(text.strip()) for text in texts))
    except InvalidValueError as error:
        raise click.UsageError(
            f"topic {error.value!r} is not of the form 'theme.some-words', for example "
            "cooling.heat-planning"
        ) from error
    taxonomy = city2city_taxonomy()
    known = [topic.id for topic in taxonomy.topics()]
    for topic in topics:
        if topic not in known:
            near = [each.value for each in known if each.theme == topic.theme]
            told = f"of {topic.theme} it has {', '.join(near)}"
            if not near:
                told = f"its themes are {', '.join(each.id.value for each in taxonomy.themes)}"
            say(f"{topic} is no topic of City2City; {told}.")
    return topics
