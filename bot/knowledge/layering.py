"""A company's pack laid over the shipped one: item by item, field by field."""

from __future__ import annotations

from bot.knowledge.marks import Fault, Map, meant
from bot.knowledge.models import ORDERED

_DEPTH = {
    **dict.fromkeys(
        ("topics", "facts", "tax", "simplest", "plan", "ownership", "estimate", "duty"), 1
    ),
    **dict.fromkeys(("abilities", "chores"), 3),
    "stages": 4,
}
"""How many levels of mappings merge; below them what is given replaces. Two: ids, then fields;
stages hold lines and gates, which have ids and fields of their own, abilities a fit a mode, chores
how often they come and what they take."""
_OWN = ("name", "version", "schema")
"""What a pack says for itself, whatever it lies over."""
_ORDERED = tuple((section,) for section in ORDERED)


def lay_over(base: Map, over: Map) -> tuple[Map, list[Fault]]:
    """Both packs as one, under the name and version of the upper; null takes an item away."""
    out, faults = base.copy(), list[Fault]()
    for name in _OWN:
        out.pop(name, None)
        out.marks.pop(name, None)
    for name, value in over.items():
        below = out.get(name)
        if isinstance(below, Map) and isinstance(value, Map):
            merged, more = _merge(below, value, (name,), _DEPTH.get(name, 2))
            out[name] = merged
            faults += more
        elif name != "extends":
            out.put(name, value, over.marks[name])
    out.mark = over.mark
    return out, faults


def _merge(below: Map, over: Map, path: tuple[str, ...], depth: int) -> tuple[Map, list[Fault]]:
    out, faults = below.copy(), list[Fault]()
    out.new = frozenset(over.keys() - below.keys())
    for key, value in over.items():
        mark, old = over.marks[key], out.get(key)
        if value is None and key in out:
            out.drop(key, mark)
        elif value is None:
            words = f"is not there to be taken away{meant(key, below)}"
            faults.append(Fault(mark, (*path, key), words))
        elif depth > 1 and isinstance(old, Map) and isinstance(value, Map):
            out[key], more = _merge(old, value, (*path, key), depth - 1)
            faults += more
        else:
            out.put(key, value, mark)
    return _moved(out, faults, path) if path in _ORDERED else (out, faults)


def _moved(items: Map, faults: list[Fault], path: tuple[str, ...]) -> tuple[Map, list[Fault]]:
    """Items that say `before: other` put there."""
    order = list(items)
    for key, item in items.items():
        if not isinstance(item, Map) or "before" not in item:
            continue
        other = item["before"]
        others = [name for name in items if name != key]
        if other not in others:
            words = f"is '{other}', which is no other item here{meant(str(other), others)}"
            faults.append(Fault(item.marks["before"], (*path, key, "before"), words))
            continue
        order.remove(key)
        order.insert(order.index(str(other)), key)
    return _in_order(items, order), faults


def _in_order(items: Map, order: list[str]) -> Map:
    out = Map(items.mark)
    out.gone, out.new = items.gone, items.new
    for key in order:
        item = items[key]
        if isinstance(item, Map) and "before" in item:
            item = item.copy()
            item.drop("before")
        out.put(key, item, items.marks[key])
    return out
