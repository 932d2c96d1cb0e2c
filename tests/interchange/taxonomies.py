"""A small taxonomy for tests of the border."""

from utm.domain import CallId, Taxonomy, Theme, ThemeId, Topic, TopicId

_THEMES = {
    "mobility": ("Sustainable Mobility", ("cycling", "electric-buses", "parking")),
    "cooling": ("Cooling & Heat Management", ("cool-roofs", "shade")),
    "energy": ("Energy & Infrastructure", ("district-heating", "rooftop-solar")),
}

TAXONOMY = Taxonomy(
    version="for-tests",
    themes=tuple(
        Theme(
            id=ThemeId(key),
            label=label,
            topics=tuple(
                Topic(id=TopicId(f"{key}.{name}"), label=name.replace("-", " ").capitalize())
                for name in names
            ),
        )
        for key, (label, names) in _THEMES.items()
    ),
)
CALL = CallId("city2city-2026")
