"""Recipes with the team's own names in them. A name that could be read as anything else is refused.

Names reach queries, shells and manifests as they are, so each must have its one safe form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Template

from bot.domain.pack import Pack
from bot.domain.pack.pilot import Recipe
from bot.domain.pilot.model import Filled
from bot.domain.words import shortened
from bot.errors import BadAnswers

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_PATH = re.compile(r"/[A-Za-z0-9._~/:@%+=&?{}-]{0,199}")
_METHOD = re.compile(r"([A-Za-z_][A-Za-z0-9_]*\.)*[A-Za-z_][A-Za-z0-9_]*/[A-Za-z_][A-Za-z0-9_]*")
_COUNT = re.compile(r"[1-9][0-9]{0,6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NAME = "small letters, digits and dashes, at most 63, beginning and ending with a letter or digit"
FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "namespace": (_LABEL, f"A namespace has {_NAME} (RFC 1123)."),
    "service": (_LABEL, f"A service has {_NAME} (RFC 1123)."),
    "caller": (_LABEL, f"A service account has {_NAME} (RFC 1123)."),
    "endpoint": (_PATH, "An endpoint is a path like /api/checkout, without quotes or blanks."),
    "method": (_METHOD, "A gRPC method is written like shop.Checkout/Place."),
    "port": (_COUNT, "A port is a number from 1 to 65535."),
    "rate": (_COUNT, "A rate is a whole number of requests a second, from 1 to 1000000."),
    "until": (_DAY, "A date is written like 2027-01-31."),
}
"""Blank → the form that its name must have, and the sentence that says so."""
_MOST = {"port": 65_535, "rate": 1_000_000}


def recipes_for(pack: Pack, mesh: str | None) -> tuple[Recipe, ...]:
    """What works without a mesh, and with this one."""
    return tuple(each for each in pack.recipes.values() if not each.meshes or mesh in each.meshes)


def blanks_in(recipe: Recipe) -> tuple[str, ...]:
    """The names that a recipe leaves open, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(Template(recipe.template).get_identifiers()))


def fill(recipe: Recipe, names: Mapping[str, str]) -> Filled:
    """The recipe with its names; raises `BadAnswers` (blank → sentence) for those of wrong form."""
    filled_in = {blank: names.get(blank, "").strip() for blank in blanks_in(recipe)}
    wrong = {blank: FORMS[blank][1] for blank, name in filled_in.items() if not _fits(blank, name)}
    if wrong:
        raise BadAnswers({blank: _said(filled_in[blank], words) for blank, words in wrong.items()})
    return Filled(
        id=recipe.id,
        title=recipe.title,
        language=recipe.language,
        text=Template(recipe.template).substitute(filled_in),
        note=recipe.note or "",
        source=recipe.source,
    )


def _fits(blank: str, name: str) -> bool:
    if not FORMS[blank][0].fullmatch(name):
        return False
    return _is_day(name) if blank == "until" else blank not in _MOST or int(name) <= _MOST[blank]


def _is_day(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True


def _said(name: str, words: str) -> str:
    return f"'{shortened(name)}' cannot stand there. {words}" if name else words
