from hypothesis import given
from hypothesis import strategies as st

from utm.rules.floors import FloorLanes
from utm.rules.inhabitants import InhabitantSpan

NUMBERS = st.integers(0, 40) | st.integers(0, 10**30)
SPANS = st.tuples(NUMBERS, st.none() | NUMBERS).map(
    lambda ends: InhabitantSpan(
        fewest=ends[0], most=None if ends[1] is None else max(ends[0], ends[1])
    )
)


def marked(answers: list[bool]) -> int:
    return int.from_bytes(bytes(answers), "little")


@given(st.lists(SPANS, max_size=40), st.integers(1, 30), st.lists(NUMBERS, min_size=1, max_size=5))
def test_each_floor_is_answered_as_by_comparing_city_by_city(
    drawn: list[InhabitantSpan], times: int, floors: list[int]
) -> None:
    spans = drawn * times  # more cities than there are groups, many of them alike
    lanes = FloorLanes(spans)

    for floor in floors:
        assert lanes.reaching(floor) == marked([span.fewest >= floor for span in spans])
        assert lanes.possible(floor) == marked(
            [span.most is None or span.most >= floor for span in spans]
        )
