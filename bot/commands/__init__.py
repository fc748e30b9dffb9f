"""The command line, one module a command. What a command needs is imported when it runs."""

from bot.commands import (
    ask,
    assess,
    backup,
    bring_in,
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
    questions,
    report,
    restore,
    serve,
    worksheet,
)
from bot.commands.group import main

__all__ = ["main"]

for command in (
    assess.assess,
    questions.questions,
    worksheet.worksheet,
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
    restore.restore,
    export.export,
    report.report,
    bring_in.bring_in,
    serve.serve,
    playground.playground,
):
    main.add_command(command)
