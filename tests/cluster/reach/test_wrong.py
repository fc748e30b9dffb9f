"""Forty wrong readings of the rules, each told from the right one by the cases."""

import pytest

from tests.cluster.reach.cases import CASES
from tests.cluster.reach.comparing import answers, differences
from tests.cluster.reach.slow import WRONG

READABLE = [
    case
    for case in CASES
    if not any(
        word in str(case.objects)
        for word in ("requestPrincipals", "serviceAccounts", "Service", "hosts")
    )
]
"""The cases that the slow reading understands too."""
ANSWERS = {case.name: answers(case.objects) for case in READABLE}


def test_the_slow_reading_and_the_product_agree_on_every_case() -> None:
    assert {
        case.name: list(differences(case.objects, ANSWERS[case.name])) for case in READABLE
    } == {case.name: [] for case in READABLE}


@pytest.mark.exhaustive
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_reading_is_caught(wrong: str) -> None:
    assert any(
        next(differences(case.objects, ANSWERS[case.name], wrong), None) for case in READABLE
    )
