"""The estimate: golden figures worked out by hand, what is not known, and laws for any load."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.estimate import estimate
from bot.domain.estimate.model import Load, Price, Range
from bot.domain.pack.overhead import Idle, Prior, Quote
from bot.errors import BadInput
from bot.knowledge import load as load_pack
from tests.domain.situations import PACK

LOAD = Load(services=40, pods=300, nodes=12, edges=60, rps_per_edge=50)
"""60 edges x 50 requests a second = 3,000 calls a second."""


def ends(part: Range):
    return part.low, part.high


def modes(load, *names):
    return {each.mode: each for each in estimate(PACK, load, names).modes}


# Priors: Istio sidecar 0.25 vCPU for 1,000 calls, ambient 0.07, with waypoints 0.37, Linkerd 0.09,
# Cilium 0.04, Kuma none at all; the upper ends are from three small nodes, so there is none. 3,000
# calls: times 3.
CPU = {
    "istio_sidecar": (0.75, None),
    "istio_ambient_l4": (0.21, None),
    "istio_ambient_waypoint": (1.11, None),
    "linkerd": (0.27, None),
    "cilium": (0.12, None),
    "kuma": (None, None),
}

# A pod: 300 x 40 = 12,000 MiB = 11.71875 GiB, 300 x 220 = 66,000 MiB = 64.453125 GiB; Linkerd
# 300 x 18 = 5,400 MiB. A node: 12 x 12 = 144 MiB = 0.140625 GiB. What only tiny clusters or a
# small demonstration give has no upper end. With waypoints 60 MiB for one at least: 204 MiB =
# 0.199219 GiB.
MEMORY = {
    "istio_sidecar": (11.71875, 64.453125),
    "istio_ambient_l4": (0.140625, None),
    "istio_ambient_waypoint": (0.199219, None),
    "linkerd": (5.273438, None),
    "cilium": (None, None),
    "kuma": (None, None),
}

LATENCY = {
    "istio_sidecar": {"p90": (0.63, 2.65), "p99": (0.88, 2.91)},
    "istio_ambient_l4": {"p90": (0.16, None), "p99": (0.20, None)},
    "istio_ambient_waypoint": {"p90": (0.40, None), "p99": (0.50, None)},
    "linkerd": {"p90": (0.0, None), "p99": (None, None)},
    "cilium": {"p90": (None, None), "p99": (None, None)},
    "kuma": {"p90": (None, None), "p99": (None, None)},
}

# 300 pods x 100m = 30 vCPU and x 128 MiB = 38,400 MiB = 37.5 GiB; Linkerd's 20 MiB x 300 = 6,000
# MiB = 5.859375 GiB, and nothing with its plain settings. 12 nodes x 200m = 2.4 vCPU, x 512 MiB
# = 6 GiB. Waypoints beside them: 1 to 40 of 100m (2.5 to 6.4 vCPU) and 128 MiB (6.125 to 11
# GiB). Kuma 300 x 50m = 15 vCPU, x 64 MiB = 18.75 GiB. For Cilium nobody says.
RESERVED = {
    "istio_sidecar": ((30, 30), (37.5, 37.5)),
    "istio_ambient_l4": ((2.4, 2.4), (6, 6)),
    "istio_ambient_waypoint": ((2.5, 6.4), (6.125, 11)),
    "linkerd": ((0, 30), (0, 5.859375)),
    "cilium": ((None, None), (None, None)),
    "kuma": ((15, 15), (18.75, 18.75)),
}


@pytest.mark.parametrize("mode", CPU)
def test_figures_worked_out_by_hand(mode):
    expected = modes(LOAD)[mode]
    assert ends(expected.cpu) == CPU[mode]
    assert ends(expected.memory) == MEMORY[mode]
    assert {name: ends(each) for name, each in expected.latency.items()} == LATENCY[mode]
    assert (ends(expected.reserved_cpu), ends(expected.reserved_memory)) == RESERVED[mode]


def test_every_mode_with_priors_is_estimated_in_the_order_of_the_pack():
    assert [each.mode for each in estimate(PACK, LOAD).modes] == list(PACK.overhead) == list(CPU)


# Istio's sidecars at 0.04 a vCPU-hour and 0.005 a GiB-hour, 730 hours a month: 0.75 vCPU x 29.2
# = 21.9 and 11.71875 GiB x 3.65 = 42.773438, together 64.673438; its CPU has no upper end, so the
# money has none. Set aside: 30 x 29.2 + 37.5 x 3.65 = 1,012.875.
def test_money_from_the_teams_own_prices():
    priced = LOAD.model_copy(update={"price": Price(vcpu_hour=0.04, gib_hour=0.005)})
    sidecar = modes(priced)["istio_sidecar"]
    assert ends(sidecar.money_used) == (64.673438, None)
    assert ends(sidecar.money_reserved) == (1012.875, 1012.875)
    waypoint = modes(priced)["istio_ambient_waypoint"]
    assert waypoint.money_used.high is None
    assert modes(LOAD)["istio_sidecar"].money_used is None


def test_what_was_not_counted_is_assumed_and_said():
    bare = estimate(PACK, Load(services=40, pods=300, nodes=12, rps_per_edge=50))
    assert bare.calls == 40 * 50
    words = PACK.estimate
    assert bare.assumed == (words.edges, words.waypoints, words.nodes, words.depth)
    full = estimate(PACK, LOAD.model_copy(update={"waypoints": 3, "node_vcpu": 8, "depth": 1}))
    assert (full.calls, full.assumed) == (3000, (words.rows,))
    assert words.waypoints not in estimate(PACK, LOAD, ("linkerd",)).assumed


def test_counted_waypoints_end_the_guessing_about_their_number():
    expected = modes(LOAD.model_copy(update={"waypoints": 4}))["istio_ambient_waypoint"]
    assert ends(expected.reserved_cpu) == (2.8, 2.8)
    assert expected.memory.low == round((144 + 4 * 60) / 1024, 6)


def test_latency_is_that_of_a_call_times_the_calls_in_a_row():
    """0.63 to 2.65 ms a call: three in a row 1.89 to 7.95."""
    sidecar = modes(LOAD.model_copy(update={"depth": 3}))["istio_sidecar"]
    assert ends(sidecar.latency["p90"]) == (1.89, 7.95)
    assert ends(sidecar.latency["p99"]) == (2.64, 8.73)
    assert ends(sidecar.cpu) == CPU["istio_sidecar"]


def test_a_proxy_without_traffic_is_not_free():
    for expected in modes(LOAD.model_copy(update={"rps_per_edge": 0})).values():
        assert expected.cpu.low in (0, None)
        assert expected.idle_cpu.said == "measure it"
        assert expected.priors.idle


def test_idle_cost_is_counted_for_each_part_where_a_source_gives_it():
    """300 pods x 0.5 to 3 millicores = 0.15 to 0.9 vCPU."""
    overhead = PACK.overhead["linkerd"]
    idle = (Idle(per="pod", millicores=Prior(quotes=quotes(0.5, 3), why="Two.")),)
    known = overhead.model_copy(update={"idle": idle})
    pack = PACK.model_copy(update={"overhead": {"linkerd": known}})
    assert ends(estimate(pack, LOAD).modes[0].idle_cpu) == (0.15, 0.9)


def sized(vcpu, **more):
    return LOAD.model_copy(update={"node_vcpu": vcpu, **more})


def test_more_vcpu_than_the_nodes_have_is_a_fault_in_the_input():
    """2,400,000 calls a second take 96 vCPU at least (Cilium, 0.04), and 12 nodes of 7 have 84."""
    with pytest.raises(BadInput, match="96 vCPU at least, and 12 nodes of 7 vCPU have 84"):
        estimate(PACK, sized(7, rps_per_edge=40_000))
    assert estimate(PACK, sized(8, rps_per_edge=40_000)).modes
    with pytest.raises(BadInput, match="600 vCPU at least"):
        estimate(PACK, sized(8, rps_per_edge=40_000), ("istio_sidecar",))


# Sidecars use 0.75 to 4.26 vCPU and set 30 aside; ambient 0.21 to 1.98 and 2.4. Twelve nodes.
@pytest.mark.parametrize(
    ("mode", "vcpu", "beginning"),
    [
        ("istio_sidecar", 2.5, ""),
        ("istio_sidecar", 2.4, "It does not fit: it sets 30 vCPU aside, and 12 nodes of 2.4 vCPU"),
        ("istio_sidecar", 0.06, "The counts do not go together: the calls alone need 0.75 vCPU"),
        ("istio_ambient_l4", 0.2, ""),
        ("linkerd", 2.5, ""),
        ("linkerd", 2.4, "It may not fit: its upper end is more than the nodes have"),
        ("kuma", 1.25, ""),
        ("kuma", 1.2, "It does not fit: it sets 15 vCPU aside"),
        ("cilium", 0.02, ""),
    ],
)
def test_each_mode_is_held_against_the_nodes(mode, vcpu, beginning):
    misfit = modes(sized(vcpu))[mode].misfit
    assert misfit.startswith(beginning)
    assert bool(misfit) == bool(beginning)


def test_what_is_assumed_of_the_nodes_refuses_nobody_and_is_said():
    """24 million calls a second take 960 vCPU by the least figure; 12 nodes of 64 have 768."""
    expected = modes(LOAD.model_copy(update={"rps_per_edge": 400_000}))
    assert "12 nodes taken at 64 vCPU have 768" in expected["cilium"].misfit
    assert expected["kuma"].misfit == ""


def test_on_busy_nodes_no_latency_is_estimated_and_the_rest_is():
    busy = modes(LOAD.model_copy(update={"busy_percent": 70.1}))["istio_sidecar"]
    assert (busy.latency, busy.refused) == ({}, PACK.estimate.busy)
    assert ends(busy.cpu) == CPU["istio_sidecar"]
    calm = modes(LOAD.model_copy(update={"busy_percent": 70}))["istio_sidecar"]
    assert (len(calm.latency), calm.refused) == (2, "")


def test_figures_come_with_who_says_so_and_why_they_differ():
    for shown in estimate(PACK, LOAD).modes:
        priors = [shown.priors.cpu, *shown.priors.latency.values()]
        priors += [part.mib for part in shown.priors.memory]
        for prior in priors:
            assert prior.why
            assert all(each.basis and each.sources for each in prior.quotes)


def test_a_mode_that_cannot_be_estimated_is_refused_with_those_that_can():
    with pytest.raises(BadInput, match="istio is no mode that can be estimated; say istio_sidecar"):
        estimate(PACK, LOAD, ("istio",))
    with pytest.raises(BadInput, match="proxyless_grpc is no mode"):
        estimate(PACK, LOAD, ("proxyless_grpc",))


def test_a_pack_without_priors_says_so():
    bare = PACK.model_copy(update={"overhead": {}, "estimate": None})
    with pytest.raises(BadInput, match="no figures to estimate from"):
        estimate(bare, LOAD)


def quotes(*values):
    return tuple(Quote(value=each, basis="Somebody.", sources=("article",)) for each in values)


def test_one_quote_is_no_range_and_quotes_stand_in_order():
    with pytest.raises(ValueError, match="open_above"):
        Prior(quotes=quotes(1), why="One.")
    with pytest.raises(ValueError, match="lowest"):
        Prior(quotes=quotes(2, 1), why="Two.")
    assert Prior(quotes=quotes(1), open_above=True, why="One.").high is None
    assert (Prior(why="None.").low, Prior(why="None.").high) == (None, None)


counts = st.integers(1, 5_000)
prices = st.builds(Price, vcpu_hour=st.floats(0, 10, width=32), gib_hour=st.floats(0, 10, width=32))
loads = st.builds(
    Load,
    services=counts,
    pods=counts,
    nodes=counts,
    edges=st.none() | counts,
    waypoints=st.none() | counts,
    rps_per_edge=st.floats(0, 10_000, width=32),
    busy_percent=st.none() | st.floats(0, 100),
    price=st.none() | prices,
    depth=st.none() | st.integers(1, 100),
)


def ranges(expected):
    parts = [
        expected.cpu,
        expected.idle_cpu,
        expected.memory,
        expected.reserved_cpu,
        expected.reserved_memory,
    ]
    parts += [each for each in (expected.money_used, expected.money_reserved) if each]
    return [*parts, *expected.latency.values()]


@given(loads)
def test_no_range_is_upside_down_or_negative(load):
    for expected in estimate(PACK, load).modes:
        for part in ranges(expected):
            assert part.low is None or part.low >= 0
            if part.low is not None and part.high is not None:
                assert part.low <= part.high
            assert part.low is not None or part.high is None


GROWING = ("services", "pods", "nodes", "edges", "waypoints", "rps_per_edge", "depth")


@given(loads, st.sampled_from(GROWING), st.integers(1, 1_000))
def test_more_of_anything_never_costs_less(load, field, more):
    """Filling in a count that was assumed is another statement, not more of the same."""
    if getattr(load, field) is None:
        return
    larger = load.model_copy(update={field: getattr(load, field) + more})
    for before, after in zip(estimate(PACK, load).modes, estimate(PACK, larger).modes, strict=True):
        for less, greater in zip(ranges(before), ranges(after), strict=True):
            for one, other in ((less.low, greater.low), (less.high, greater.high)):
                assert (one is None) == (other is None)
                assert one is None or one <= other


@given(loads)
def test_the_same_load_gives_the_same_estimate(load):
    assert estimate(PACK, load) == estimate(PACK, load.model_copy(deep=True))


def test_more_for_each_prior_is_told_from_the_lowest_up():
    for overhead in load_pack().overhead.values():
        values = [each.value for each in overhead.cpu.quotes]
        assert all(low < high for low, high in pairwise(values))
