"""The group of all commands: what fails becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from bot.errors import BadInput, MeshfitError

DONE, FAULTY, MISUSED = 0, 1, 2
INTERNAL = "Something went wrong inside meshfit"


class Road(click.Group):
    """The group of all commands; every failure becomes one line and an exit code."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole sentence."""
        rows = [
            (name, command.get_short_help_str(limit=1_000))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) and not command.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - click's own signature
        """Run a command and exit with 0 (done), 1 (faults) or 2 (wrong usage)."""
        from bot.terminal.output import say_error

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            sys.exit(super().main(*args, **{**extra, "standalone_mode": False}) or DONE)
        except click.ClickException as error:
            say_error(f"{error.format_message()} See: meshfit --help")
            sys.exit(MISUSED)
        except MeshfitError as error:
            say_error(error.sentence)
            sys.exit(MISUSED if isinstance(error, BadInput) else FAULTY)
        except (KeyboardInterrupt, click.Abort):
            say_error("Stopped.")
            sys.exit(FAULTY)
        except Exception as error:
            sys.exit(say_unforeseen(error))


def say_unforeseen(error: Exception) -> int:
    """Say which file the system denies, or that meshfit itself failed; at DEBUG raise that.

    Answers the exit code; nothing is said where the output takes no more.
    """
    from bot.terminal.output import cannot_write, say_error

    if cannot_write(error):
        return FAULTY
    if isinstance(error, OSError) and error.filename:
        say_error(f"{error.filename} cannot be used ({error.strerror}): give me the right to, or "
                  "name another.")  # fmt: skip
        return MISUSED
    if os.environ.get("MESHFIT_LOG_LEVEL", "").upper() == "DEBUG":
        raise error
    say_error(
        f"{INTERNAL} ({type(error).__name__}: {error}). "
        "Run it with MESHFIT_LOG_LEVEL=DEBUG and report what it prints."
    )
    return FAULTY


EXAMPLE = """\b
Example, from questions to advice:
  meshfit assess --blank > answers.yaml    then fill in what you know
  meshfit assess answers.yaml
"""


@click.group(
    cls=Road,
    epilog=EXAMPLE,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="meshfit", message="meshfit %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Should we add a service mesh? Advice with reasons, in Slack and here."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


as_json = click.option("--json", "as_json", is_flag=True, help="JSON for scripts, nothing else.")
