"""The command line, one module a command. What a command needs is imported when it runs."""

from bot.commands import (
    ask,
    assess,
    backup,
    callers,
    check,
    compare,
    estimate,
    export,
    facts,
    incidents,
    inspect,
    look,
    playground,
    serve,
)
from bot.commands.group import main

__all__ = ["main"]

for command in (
    assess.assess,
    ask.ask,
    inspect.inspect,
    compare.compare,
    estimate.estimate,
    callers.callers,
    facts.facts,
    look.look,
    incidents.incidents,
    check.check,
    backup.backup,
    export.export,
    serve.serve,
    playground.playground,
):
    main.add_command(command)
