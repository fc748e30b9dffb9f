"""Whether a label selector fits some labels, as Kubernetes reads it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cluster.model import Fields


def selects(selector: Fields, labels: Mapping[str, str]) -> bool:
    """An empty selector fits everything; NotIn and DoesNotExist also fit where the key is missing.

    An operator that Kubernetes does not have fits nothing.
    """
    wanted = selector.get("matchLabels", {})
    if not wanted.items() <= labels.items():
        return False
    return all(_holds(each, labels) for each in selector.get("matchExpressions", ()))


def _holds(expression: Fields, labels: Mapping[str, str]) -> bool:
    key, values = expression.get("key", ""), expression.get("values", ())
    match expression.get("operator"):
        case "In":
            return key in labels and labels[key] in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    return False
