"""The Web API methods that meshfit calls, each as strict as Slack's own."""

from __future__ import annotations

from collections.abc import Mapping

from playground.api import chat, files, people, views
from playground.api.call import Method

METHODS: Mapping[str, Method] = {
    **chat.METHODS,
    **views.METHODS,
    **people.METHODS,
    **files.METHODS,
}
