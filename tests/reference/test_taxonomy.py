"""The list of topics and the mapping of the published groups to it."""

import hashlib
from collections import Counter

from utm.reference import city2city_2026, city2city_taxonomy

TAXONOMY = city2city_taxonomy()


def test_four_themes_hold_about_forty_topics():
    assert [theme.id.value for theme in TAXONOMY.themes] == [
        "energy",
        "resilience",
        "cooling",
        "mobility",
    ]
    assert len(tuple(TAXONOMY.topics())) == 47


def test_a_changed_list_of_topics_has_a_new_version():
    content = "\n".join(f"{topic.id} {topic.label}" for topic in TAXONOMY.topics())
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    assert (TAXONOMY.version, digest) == ("city2city-2026.1", "fd23ab60a1f2")


def test_every_published_group_works_on_several_known_topics():
    for pairing in city2city_2026().edition.pairings:
        assert len(set(pairing.topics)) == len(pairing.topics) >= 2
        assert all(TAXONOMY.topic(topic) for topic in pairing.topics)


def test_topics_of_a_group_lie_mostly_under_its_theme():
    for pairing in city2city_2026().edition.pairings:
        themes = Counter(topic.theme for topic in pairing.topics)
        assert themes.most_common(1)[0][0] == pairing.theme
        assert themes[pairing.theme] > len(pairing.topics) / 2


def test_a_topic_is_found_by_id_and_by_label_however_typed():
    for topic in TAXONOMY.topics():
        assert TAXONOMY.resolve_topic(topic.id.value.upper()) == topic
        assert TAXONOMY.resolve_topic(f" {topic.label.upper()} ") == topic


def test_labels_are_short_enough_to_tick():
    assert all(len(topic.label) <= 50 for topic in TAXONOMY.topics())
