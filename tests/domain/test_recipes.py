"""Recipes: every shipped one can be filled in, and no name becomes anything but a name."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pack.limits import Prose
from bot.domain.pack.vocabulary import RECIPE_BLANKS
from bot.domain.pilot.recipes import FORMS, blanks_in, fill, recipes_for
from bot.errors import BadAnswers
from tests.domain.situations import PACK

NAMES = {
    "namespace": "shop",
    "service": "checkout",
    "endpoint": "/api/checkout",
    "method": "shop.Checkout/Place",
    "port": "8080",
    "rate": "500",
    "caller": "web",
    "until": "2027-01-31",
}
LABELS = st.from_regex(FORMS["namespace"][0], fullmatch=True) | st.sampled_from(
    ["no", "true", "null", "007", "1e3", "y"]
)
TOP = PACK.recipes["kubectl_top"]
MANIFESTS = [each for each in PACK.recipes.values() if each.language == "yaml"]


def test_every_place_has_a_form_and_every_form_a_place():
    assert set(FORMS) == set(RECIPE_BLANKS) == set(NAMES)


@pytest.mark.parametrize("recipe", PACK.recipes.values(), ids=lambda each: each.id)
def test_every_recipe_can_be_filled_in(recipe):
    filled = fill(recipe, NAMES)
    assert "$" not in filled.text
    assert all(NAMES[place] in filled.text for place in blanks_in(recipe))
    for opening, closing in ("()", "[]", "{}"):
        assert filled.text.count(opening) == filled.text.count(closing)
    assert filled.text.count('"') % 2 == 0
    assert filled.source in PACK.sources


@pytest.mark.parametrize("recipe", ["fortio_http", "fortio_grpc"])
def test_fortio_is_asked_for_buckets_and_percentiles_that_compare_can_tell_apart(recipe):
    words = fill(PACK.recipes[recipe], NAMES).text.split()
    assert words[words.index("-r") + 1] == "0.0001"
    assert words[words.index("-p") + 1] == '"50,90,95,99"'


def test_the_same_load_and_the_same_figures_can_be_had_without_a_mesh():
    bare = {each.purpose for each in recipes_for(PACK, None)}
    assert bare == {"latency", "resources", "load"}


@pytest.mark.parametrize("mesh", ["istio_sidecar", "istio_ambient", "linkerd"])
def test_each_mesh_has_a_recipe_for_everything(mesh):
    purposes = {each.purpose for each in PACK.recipes.values()}
    assert {each.purpose for each in recipes_for(PACK, mesh)} == purposes
    others = {each for recipe in recipes_for(PACK, mesh) for each in recipe.meshes}
    assert not others or mesh in others


def test_a_query_is_filled_in_as_it_was_checked():
    assert fill(PACK.recipes["linkerd_mtls_tcp"], {"namespace": "pay"}).text == (
        'sum(rate(tcp_open_total{direction="inbound",peer="src",\n'
        '  tls="true",namespace="pay"}[10m]))\n'
        '/ sum(rate(tcp_open_total{direction="inbound",peer="src",\n'
        '  namespace="pay"}[10m]))'
    )


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.mark.exhaustive
@given(LABELS, LABELS, LABELS)
def test_a_manifest_holds_names_as_names(namespace, service, caller):
    names = {**NAMES, "namespace": namespace, "service": service, "caller": caller}
    for recipe in MANIFESTS:
        for document in yaml.load_all(fill(recipe, names).text, Loader=LOADER):
            assert document["metadata"]["namespace"] == namespace
            selected = document.get("spec", {}).get("selector", {}).get("matchLabels")
            assert selected in (None, {"app": service})


HOSTILE = [
    "", " ", "Shop", "shop;reboot", "$(reboot)", "`id`", "a b", "-shop", "shop-", "a" * 64, 'a"b',
    "a\nb", "ä", "../etc", "a'b", "a{b}", "${service}", "shop\n", "<!channel>",
]  # fmt: skip


@pytest.mark.parametrize("name", [each for each in HOSTILE if each.strip() != "shop"])
def test_a_name_that_is_no_name_is_refused_with_a_sentence(name):
    with pytest.raises(BadAnswers) as caught:
        fill(TOP, {"namespace": name})
    (fault,) = caught.value.faults.values()
    assert "RFC 1123" in fault
    assert len(fault) < 300


@pytest.mark.parametrize(("place", "name"), [
    ("endpoint", "api"), ("endpoint", "/a b"), ("endpoint", "/a'b"), ("endpoint", '/"'),
    ("endpoint", "/a\\b"), ("endpoint", "/$HOME"), ("endpoint", "/a`b"), ("endpoint", "/a;b"),
    ("port", "0"), ("port", "65536"), ("port", "080"), ("port", "8 0"),
    ("rate", "0"), ("rate", "1000001"), ("rate", "5.5"),
    ("method", "Place"), ("method", "shop/Checkout/Place"), ("method", "a.b/c;d"),
    ("until", "2027-02-30"), ("until", "tomorrow"), ("until", "2027-1-1"),
    ("caller", "web/../admin"),
])  # fmt: skip
def test_each_place_refuses_what_has_another_form(place, name):
    recipe = next(each for each in PACK.recipes.values() if place in blanks_in(each))
    with pytest.raises(BadAnswers) as caught:
        fill(recipe, {**NAMES, place: name})
    assert list(caught.value.faults) == [place]


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(BadAnswers) as caught:
        fill(PACK.recipes["fortio_http"], {})
    assert set(caught.value.faults) == {"rate", "service", "namespace", "port", "endpoint"}


@given(st.text(max_size=80))
def test_what_is_let_through_stays_inside_its_quotes(text):
    try:
        filled = fill(PACK.recipes["wrk2"], {**NAMES, "endpoint": text})
    except BadAnswers:
        return
    assert filled.text.count("'") == 2
    assert "\n" not in filled.text.split("'")[1]


def test_a_filled_recipe_still_fits_its_place():
    longest = {**NAMES, "namespace": "n" * 63, "service": "s" * 63, "caller": "c" * 63}
    longest["endpoint"] = "/" + "e" * 199
    most = Prose.__metadata__[0].metadata[-1].max_length
    assert most == 2400
    for recipe in PACK.recipes.values():
        assert len(fill(recipe, longest).text) <= most
