"""Ten editions and 300 cities, every indicator recounted by other code."""

import time

from tests.programme.exchange.editions import assert_indicators_are_those_of_a_recount
from utm.programme.cohort import count_cohort
from utm.programme.exchange import compare_editions
from utm.programme.history import History
from utm.testing.programme import assert_refusal_is_explained
from utm.testing.simulated_programme import simulate_programme

MOST_SECONDS = 5.0


def test_ten_editions_and_300_cities_live_and_are_measured_in_under_five_seconds() -> None:
    begun = time.process_time()
    programme = simulate_programme(seed=1)
    indicators = compare_editions([history.state for history in programme.editions])
    spent_seconds = time.process_time() - begun

    assert spent_seconds < MOST_SECONDS
    assert len(indicators) == 10
    assert len(programme.cohort.state.cities) == 300
    assert sum(one.completed.count for one in indicators) > 50
    assert sum(one.attrition.count for one in indicators) > 50
    for history in programme.editions:
        assert_indicators_are_those_of_a_recount(history)


def test_a_simulated_history_is_legal_and_the_same_for_the_same_seed() -> None:
    one, again = (simulate_programme(seed=3, cities=40, editions=2) for _ in range(2))

    assert one == again
    assert one != simulate_programme(seed=4, cities=40, editions=2)
    for history in one.editions:
        rebuilt = History(lifecycle=history.lifecycle, entries=history.entries)
        assert rebuilt.state == history.state
        assert history.state.closed_on is not None


def test_every_refusal_of_a_simulated_programme_is_explained() -> None:
    programme = simulate_programme(seed=1, cities=60, editions=2)

    assert programme.refusals
    for refusal in programme.refusals:
        assert_refusal_is_explained(refusal, programme.editions[0].lifecycle)


def test_in_a_simulated_cohort_waves_less_departures_are_the_size_in_every_year() -> None:
    programme = simulate_programme(seed=1)
    for entry in programme.cohort.entries[::50]:
        day = entry.command.on
        state = programme.cohort.state
        size = sum(state.wave_sizes(day).values()) - len(state.departed(day))
        assert size == state.size(day) == len(count_cohort(state, on=day).cities)
