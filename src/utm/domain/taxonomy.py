"""Themes and topics: the words in which needs, offers and groups are expressed."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from utm.domain.identifiers import ThemeId, TopicId
from utm.domain.names import fold_name
from utm.errors import InvalidValueError

__all__ = ["Taxonomy", "Theme", "Topic"]


@frozen(kw_only=True, order=True)
class Topic:
    """One thing that a city may want to learn or to share.

    Parameters
    ----------
    id
        Its key, which begins with the theme's.
    label
        Its name in words.
    """

    id: TopicId
    label: str


@frozen(kw_only=True, order=True)
class Theme:
    """One of the main themes under which groups are formed.

    Parameters
    ----------
    id
        Its key.
    label
        Its name in words.
    topics
        Its topics, each with an id under the theme.
    """

    id: ThemeId
    label: str
    topics: tuple[Topic, ...]

    def __attrs_post_init__(self) -> None:
        for topic in self.topics:
            if topic.id.theme != self.id:
                raise InvalidValueError(
                    kind="topic", value=topic.id.value, reason=f"does not belong under {self.id}"
                )


@frozen(kw_only=True)
class Taxonomy:
    """All themes with their topics, in the order of the programme.

    Parameters
    ----------
    version
        Name of this state of the list; it changes whenever a topic does.
    themes
        The themes.

    Raises
    ------
    InvalidValueError
        Two themes, or two topics, share an id or a label.
    """

    version: str
    themes: tuple[Theme, ...]
    _by_id: dict[TopicId, Topic] = field(init=False, repr=False, eq=False)
    _by_label: dict[str, Topic] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        topics = tuple(self.topics())
        by_id = {topic.id: topic for topic in topics}
        by_label = {fold_name(topic.label): topic for topic in topics}
        themes = {theme.id for theme in self.themes}
        if (
            len(by_id) < len(topics)
            or len(by_label) < len(topics)
            or len(themes) < len(self.themes)
        ):
            raise InvalidValueError(
                kind="taxonomy", value=self.version, reason="names a theme or topic twice"
            )
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_by_label", by_label)

    def topics(self) -> Iterator[Topic]:
        """All topics, theme by theme."""
        return (topic for theme in self.themes for topic in theme.topics)

    def theme(self, key: ThemeId) -> Theme:
        """Find a theme by its id.

        Raises
        ------
        InvalidValueError
            The taxonomy has no such theme.
        """
        for theme in self.themes:
            if theme.id == key:
                return theme
        raise InvalidValueError(kind="theme", value=key.value, reason="is not in the taxonomy")

    def topic(self, key: TopicId) -> Topic:
        """Find a topic by its id.

        Raises
        ------
        InvalidValueError
            The taxonomy has no such topic.
        """
        try:
            return self._by_id[key]
        except KeyError:
            raise InvalidValueError(
                kind="topic", value=key.value, reason="is not in the taxonomy"
            ) from None

    def resolve_topic(self, text: str) -> Topic | None:
        """Find a topic by id or label, whatever the case and accents."""
        key = text.strip().casefold()
        for topic_id, topic in self._by_id.items():
            if topic_id.value == key:
                return topic
        return self._by_label.get(fold_name(text))

    def resolve_theme(self, text: str) -> Theme | None:
        """Find a theme by id or label, whatever the case and accents."""
        key = fold_name(text)
        for theme in self.themes:
            if key in {fold_name(theme.label), fold_name(theme.id.value)}:
                return theme
        return None
