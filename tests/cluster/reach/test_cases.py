"""Each small cluster is judged as its case says."""

import pytest

from tests.cluster.reach.cases import CASES, Case
from tests.cluster.reach.objects import callers_of


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_a_case(case: Case) -> None:
    callers = {target: callers_of(target, *case.objects) for target in case.expected}
    assert callers == case.expected
