"""What is said to narrow a bucket of Fortio does, by Fortio's own list of ends."""

import pytest

from bot.domain.runs.model import tells_more

_NONE = "a tool that keeps every time (k6, oha) tells more, and no -r of Fortio much"


@pytest.mark.parametrize(
    ("lies", "resolution"),
    [
        ((0.035, 1), "0.0001"),
        ((0.1, 0.12), "0.00001"),
        ((1, 2), "0.0001"),
        ((4, 5), "0.0001"),
        ((10, 12), "0.001"),
        ((100, 200), "0.01"),
        ((1000, 2000), "0.1"),
        ((2000, None), "0.1"),
    ],
)
def test_the_resolution_that_narrows_a_bucket_is_named(lies, resolution):
    assert tells_more([lies]) == f"a run of Fortio with -r {resolution} tells more"


@pytest.mark.parametrize("lies", [(9, 10), (16, 18), (20, 25), (90, 100), (180, 200)])
def test_where_no_resolution_does_another_tool_is_named(lies):
    assert tells_more([lies]) == _NONE


def test_of_several_ranges_the_widest_for_its_figure_decides():
    assert tells_more([(9, 10), (1, 2)]) == "a run of Fortio with -r 0.0001 tells more"
    assert tells_more([(10, 12), (20, 25)]) == _NONE
