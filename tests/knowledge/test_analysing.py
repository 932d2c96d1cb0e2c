"""Chunks of entries: what is kept of many together is what is kept of each by itself."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.knowledge import Analyser, IndexEntry, analysing, entry_of
from utm.knowledge.analysing import analysed_chunk, told_of
from utm.knowledge.terms import fingerprint_of, plain_of, terms_of
from utm.testing.knowledge import practices

ANALYSER = Analyser()


@given(st.lists(practices().map(entry_of), max_size=8), st.sampled_from((0, 20)))
def test_a_chunk_holds_of_each_entry_what_it_would_hold_alone(
    entries: list[IndexEntry], few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysing, "_FEW", few)
        chunk = analysed_chunk(ANALYSER, list(map(plain_of, entries)))

    begin = 0
    for row, (entry, end) in enumerate(zip(entries, chunk.ends, strict=True)):
        alone = terms_of(entry, ANALYSER)
        told = told_of(Counter(alone.words), alone.facets)
        assert [chunk.words[place] for place in chunk.places[begin:end]] == alone.words
        assert Counter(chunk.told[row].split(" ")) == Counter(told.split(" "))
        assert chunk.facets[row] == alone.facets
        assert chunk.languages[row] == alone.languages
        assert chunk.fingerprints[row] == fingerprint_of(entry, ANALYSER)
        begin = end


@given(st.lists(practices().map(entry_of), max_size=8))
def test_terms_of_a_chunk_are_told_in_order_of_first_appearance(entries: list[IndexEntry]) -> None:
    chunk = analysed_chunk(ANALYSER, list(map(plain_of, entries)))
    alone = [terms_of(entry, ANALYSER) for entry in entries]

    told = [term for terms in alone for term in (*terms.words, *terms.facets)]
    assert chunk.words == ["", *dict.fromkeys(told)]
