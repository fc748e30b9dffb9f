"""Percentiles and durations, against independent definitions."""

from __future__ import annotations

import math
import statistics
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.loadtests.buckets import Bucket, Histogram
from bot.loadtests.figures import between, latency
from bot.loadtests.quantities import count, moment, ms, number, seconds
from bot.loadtests.samples import Samples, computed, percentile

times = st.floats(0, 1e9, allow_nan=False, allow_subnormal=False)
groups = st.lists(st.lists(times, min_size=1, max_size=20), min_size=1, max_size=8)
MANY = settings(max_examples=300, deadline=None)


@MANY
@given(groups, st.integers(1, 99))
def test_type_7_over_any_division_into_chunks(parts, rank):
    values = [each for part in parts for each in part]
    chunks = [array("d", sorted(part)) for part in parts]
    read_off = percentile(chunks, rank / 100)
    assert min(values) <= read_off <= max(values)
    if len(values) > 1:
        wanted = statistics.quantiles(values, n=100, method="inclusive")[rank - 1]
        assert math.isclose(read_off, wanted, rel_tol=1e-9, abs_tol=1e-9)


@MANY
@given(groups)
def test_what_is_computed_of_samples(parts):
    chunks = []
    for part in parts:
        samples = Samples()
        samples.extend(part[1:])
        samples.add(part[0])
        chunks.append(samples)
    values = [each for part in parts for each in part]
    many, times_ = computed(chunks)
    assert many == len(values)
    assert times_.max == max(values)
    assert times_.mean == pytest.approx(statistics.fmean(values), rel=1e-9, abs=1e-12)
    assert set(times_.how.model_dump().values()) == {"computed"}


def test_more_samples_than_one_chunk_are_exact():
    samples = Samples()
    for at in range(150_000):
        samples.add((at * 7919) % 150_000)
    assert computed([samples])[1].p95 == pytest.approx(0.95 * 149_999)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_a_sample_that_is_no_time_is_refused(value):
    samples = Samples()
    samples.extend([1.0, value, 2.0])
    with pytest.raises(BadInput):
        samples.chunks()


steps = st.lists(st.tuples(times, st.floats(0.1, 50)), min_size=1, max_size=12)


@MANY
@given(steps, st.integers(1, 100), st.integers(2, 10_000))
def test_what_is_read_off_a_histogram_lies_in_the_bucket_that_holds_it(widths, rank, counted):
    edges, percents, at, sum_ = [], [], 0.0, sum(part for _, part in widths)
    for width, part in widths:
        edges.append((at, at + width))
        at += width
        percents.append((percents[-1] if percents else 0) + part / sum_ * 100)
    percents[-1] = 100.0
    buckets = [Bucket(*edge, each, 0) for edge, each in zip(edges, percents, strict=True)]
    read_off = Histogram(buckets, counted, edges[0][0], None).interpolated(rank)
    if rank <= 100 / counted:
        assert read_off == edges[0][0]
    else:
        holding = next(each for each in buckets if each.percent >= rank)
        assert holding.start <= read_off <= holding.end * (1 + 1e-12)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("532.506µs", 532.506e-6),
        ("532.506μs", 532.506e-6),
        ("1m0s", 60),
        ("2m55s", 175),
        ("1h2m3.5s", 3723.5),
        ("12.01s", 12.01),
        ("640.00us", 640e-6),
        ("5760.00m", 345_600),
        ("0.0183 secs", 0.0183),
        ("50.05 s", 50.05),
        ("0s", 0),
        ("0", 0),
        ("-", None),
        (None, None),
    ],
)
def test_durations_with_their_units(text, wanted):
    assert seconds(text, "x") == (wanted if wanted is None else pytest.approx(wanted))


@pytest.mark.parametrize("text", ["5", "ms", "5 parsecs", "1s garbage", "-5ms", "1e5s"])
def test_a_duration_without_a_unit_is_refused(text):
    with pytest.raises(BadInput):
        seconds(text, "x")


@MANY
@given(st.integers(0, 10**6), st.sampled_from(["ns", "us", "ms", "s", "m", "h"]))
def test_a_duration_is_read_back(amount, unit):
    factor = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}[unit]
    assert seconds(f"{amount}{unit}", "x") == pytest.approx(amount * factor)


@MANY
@given(st.floats(0, 1e6, allow_nan=False))
def test_ms_are_seconds_times_a_thousand(value):
    assert ms(value) == pytest.approx(value * 1e3, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("value", [-1, "-0.1", float("inf"), "1e400", True, [], {}, "x", 10**400])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(BadInput):
        number(value, "x")


def test_a_count_is_whole():
    assert count("60000", "x") == 60000
    with pytest.raises(BadInput):
        count(1.5, "x")


@pytest.mark.parametrize(
    "value",
    [1700000000, "1700000000", 1700000000000, 1700000000000000000, "2023-11-14T22:13:20.0000000Z"],
)
def test_a_moment_in_any_unit(value):
    assert moment(value).timestamp() == 1700000000


@pytest.mark.parametrize("value", ["yesterday", None, "9" * 40, 1e30, True, "99999-01-01"])
def test_no_moment_is_made_up(value):
    assert moment(value) is None


def test_p95_lies_between_its_neighbours_or_nowhere():
    assert between({90.0: 5, 99.0: 9}) == (5, 9)
    assert between({50.0: 5, 90.0: 9, 97.5: 11, 99.0: 12}) == (9, 11)
    assert between({50.0: 5, 90.0: 9}) is None


def test_percentiles_out_of_order_are_refused_but_for_rounding():
    with pytest.raises(BadInput, match="damaged"):
        latency({"p50": 9.0, "p95": 5.0})
    assert latency({"p50": 9.001, "p95": 9.0}).p50 == 9.001
