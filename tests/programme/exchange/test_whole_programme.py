"""Ten editions and 300 cities, every indicator recounted by other code."""

import time

import pytest

from tests.programme.exchange.editions import assert_indicators_are_those_of_a_recount
from tests.programme.exchange.recount import recount
from utm.errors import InvalidValueError
from utm.programme.cohort import count_cohort
from utm.programme.exchange import compare_editions, pool_editions
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


def test_the_programme_as_a_whole_is_the_sum_of_its_recounted_editions() -> None:
    programme = simulate_programme(seed=2, cities=80, editions=4, cities_an_edition=40)
    pooled = pool_editions(history.state for history in reversed(programme.editions))
    counted = [recount(history) for history in programme.editions]

    for name in ("groups", "pilots", "transfers", "visits", "training_needs", "research_needs"):
        assert getattr(pooled, name) == sum(one[name] for one in counted), name  # type: ignore[misc]
    for name in ("completed", "attendance", "attrition", "tested", "measured"):
        part = getattr(pooled, name)
        assert part.count == sum(one[name][0] for one in counted), name  # type: ignore[index]
        assert part.whole == sum(one[name][1] for one in counted), name  # type: ignore[index]
    days = sorted(day for one in counted for day in one["days_to_first_meeting"])  # type: ignore[attr-defined]
    middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
    assert pooled.median_days_to_first_meeting == middle
    both = {}
    for one in counted:
        for key, (gave, received) in one["balances"].items():  # type: ignore[attr-defined]
            before = both.get(key, (0, 0, 0))
            both[key] = (before[0] + gave, before[1] + received, before[2] + 1)
    assert (pooled.two_way.count, pooled.two_way.whole) == (
        sum(bool(gave and received) for gave, received, _ in both.values()),
        len(both),
    )
    assert pooled.returned.count == sum(times > 1 for _, _, times in both.values()) > 0
    assert [one.value for one in pooled.keys] == sorted(one.value for one in pooled.keys)
    with pytest.raises(InvalidValueError, match="an edition twice"):
        pool_editions([programme.editions[0].state] * 2)


def test_no_editions_have_counts_of_zero_and_shares_that_are_not_known() -> None:
    pooled = pool_editions([])
    assert (pooled.groups, pooled.pilots_a_group, pooled.completed.share) == (0, None, None)


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
