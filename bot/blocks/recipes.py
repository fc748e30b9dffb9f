"""Recipes: the queries and commands of a mesh, filled in with a team's names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, escaped
from bot.domain.pack import Pack
from bot.domain.pack.pilot import Recipe
from bot.domain.pilot.model import Filled

LANGUAGES = {"promql": "PromQL", "shell": "shell", "yaml": "YAML", "javascript": "JavaScript"}


def recipes(pack: Pack, mesh: str | None) -> Payload:
    """`/meshfit howto`: the queries and commands there are, of the mesh that was chosen."""
    known = [
        each for each in pack.recipes.values() if not each.meshes or mesh in (None, *each.meshes)
    ]
    choices = [(each.id, cut(_titled(pack, each, mesh), 75)) for each in known][:100]
    menu = kit.select(ids.RECIPE, choices, empty="Choose a recipe")
    titles = "\n".join(
        f"• {_titled(pack, each, mesh)} · {LANGUAGES[each.language]}" for each in known
    )
    chosen = pack.meshes.get(mesh or "")
    head = f"*How to measure, degrade and roll out{f', with {chosen.label}' if chosen else ''}*"
    return message(
        kit.section("recipes", cut(f"{head}\n{titles}", 3000)), kit.actions("menu", menu)
    )


def _titled(pack: Pack, recipe: Recipe, mesh: str | None) -> str:
    """A recipe's title; as long as no mesh is chosen, with the meshes that it is for."""
    if mesh is not None or not recipe.meshes:
        return recipe.title
    names = dict.fromkeys(pack.meshes[each].mesh for each in recipe.meshes if each in pack.meshes)
    return f"{recipe.title} ({', '.join(names)})"


def blanks(pack: Pack, recipe: str, names: Sequence[str], meta: str) -> Payload:
    """The names that a recipe needs from the team."""
    known = pack.recipes[recipe]
    fields = [
        kit.field(name, name.replace("_", " ").capitalize(), kit.text_input(ids.ANSWER, most=120))
        for name in names
    ]
    title = kit.section("recipe", f"*{known.title}*")
    return modal(ids.FILL, "Your names", [title, *fields], submit="Show it", meta=meta)


def filled(pack: Pack, done: Filled) -> Payload:
    """The recipe, ready to be copied."""
    note = f"\n{done.note}" if done.note else ""
    return modal(
        "filled",
        "Recipe",
        [
            kit.section("title", f"*{done.title}*{note}"),
            kit.section("text", f"```\n{escaped(done.text, 2900)}\n```"),
            kit.context("source", f"{pack.sources[done.source].cite} ({LANGUAGES[done.language]})"),
        ],
    )
