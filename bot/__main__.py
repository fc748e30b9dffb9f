"""The command line: `meshfit`, wiring only. What a command needs is imported when it runs."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any, Literal, NoReturn

import click

from bot.errors import BadInput, MeshfitError

DONE, FAULTY, MISUSED = 0, 1, 2
INTERNAL = "Something went wrong inside meshfit"


class Road(click.Group):
    """The group of all commands; every failure becomes one line and an exit code."""

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
            say_unforeseen(error)
            sys.exit(FAULTY)


def say_unforeseen(error: Exception) -> None:
    """Say that the output takes no more, or that meshfit itself failed; at DEBUG raise that."""
    from bot.terminal.output import cannot_write, say_error

    if cannot_write(error):
        return
    if os.environ.get("MESHFIT_LOG_LEVEL", "").upper() == "DEBUG":
        raise error
    say_error(
        f"{INTERNAL} ({type(error).__name__}: {error}). "
        "Run it with MESHFIT_LOG_LEVEL=DEBUG and report what it prints."
    )


@click.group(
    cls=Road,
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


@main.command()
@click.argument("file")
@as_json
def assess(file: str, as_json: bool) -> int:
    """Advise on the answers in FILE: JSON or YAML, question id to value.

    With - documents are read from standard input, divided by lines of ---.
    """
    from bot.terminal import assess as command

    return command.assess(file, as_json=as_json)


@main.command()
@click.argument("question")
@as_json
def ask(question: str, as_json: bool) -> int:
    """Answer a QUESTION about service meshes; with - one on each line of standard input."""
    from bot.terminal import ask as command

    return command.ask(question, as_json=as_json)


@main.command()
@click.argument("file")
@click.option(
    "--as",
    "quantity",
    type=click.Choice(["cpu", "memory"]),
    help="What a Prometheus query measured, which its answer does not say.",
)
@as_json
def inspect(file: str, quantity: Literal["cpu", "memory"] | None, as_json: bool) -> int:
    """Read a load test's result, or CPU and memory, from FILE and print what is in it."""
    from bot.terminal import inspect as command

    return command.inspect(file, as_json=as_json, quantity=quantity)


class Sides(click.Command):
    """A command whose `--base` and `--mesh` take every file up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further file, as click wants it."""
        side, spread = "", list[str]()
        for arg in args:
            name, _, _ = arg.partition("=")
            if not arg.startswith("-") and side and spread[-1] != side:
                spread.append(side)
            spread.append(arg)
            if arg.startswith("-") and arg != "-":
                side = name if name in {"--base", "--mesh"} else ""
        return super().parse_args(ctx, spread)


@main.command(cls=Sides)
@click.option("--base", multiple=True, required=True, metavar="FILE", help="Without the mesh.")
@click.option("--mesh", multiple=True, required=True, metavar="FILE", help="With the mesh.")
@click.option(
    "--override",
    multiple=True,
    metavar="ID=REASON",
    help="Compare in spite of one refusal, and say why.",
)
@as_json
def compare(
    base: tuple[str, ...], mesh: tuple[str, ...], override: tuple[str, ...], as_json: bool
) -> int:
    """Compare results without and with the mesh: one or more files a side.

    Runs that are unlike are refused, each reason with its id. --override target="same service,
    another host" sets one of them aside.
    """
    from bot.terminal import compare as command

    return command.compare(base, mesh, override, as_json=as_json)


@main.command()
@click.option("--services", type=int, required=True, help="Services that call each other.")
@click.option("--pods", type=int, required=True, help="Pods that would join.")
@click.option("--nodes", type=int, required=True, help="Nodes they run on.")
@click.option("--rps", "rps_per_edge", type=float, required=True, help="Requests/s per edge.")
@click.option("--edges", type=int, help="Pairs that call each other; else one per service.")
@click.option("--waypoints", type=int, help="Replicas of request-level proxies (ambient).")
@click.option("--busy", "busy_percent", type=float, help="CPU in use on the busiest node, %.")
@click.option("--vcpu", "vcpu_hour", type=float, help="Your price of a vCPU-hour.")
@click.option("--gib", "gib_hour", type=float, help="Your price of a GiB-hour of memory.")
@click.option("--mode", multiple=True, help="Only this one; may be given again.")
@as_json
def estimate(mode: tuple[str, ...], as_json: bool, **given: float | None) -> int:
    """Estimate what a mesh may cost before a pilot: CPU, memory, latency, money, low to high."""
    from bot.terminal import estimate as command

    return command.estimate(given, mode, as_json=as_json)


@main.command()
@click.argument("query", nargs=-1)
@as_json
def facts(query: tuple[str, ...], as_json: bool) -> int:
    """Print what was measured and documented about meshes, with sources; QUERY narrows it down."""
    from bot.terminal import facts as command

    return command.facts(" ".join(query), as_json=as_json)


@main.command()
@click.option("--knowledge", type=Path, metavar="DIR", help="A pack's folder, not the one in use.")
@click.option("--schema", is_flag=True, help="Print a JSON Schema of a pack's files for editors.")
def check(knowledge: Path | None, schema: bool) -> int:
    """Check knowledge pack, manifest, database and tokens, and list every fault."""
    from bot.terminal import check as command

    return command.print_schema(knowledge) if schema else command.check(knowledge)


@main.command()
@click.argument("file", type=Path)
def backup(file: Path) -> int:
    """Copy the database to FILE, consistent even while the bot runs."""
    from bot.terminal import held as command

    return command.backup(file)


@main.command()
@click.option("--workspace", metavar="ID", help="Only this one: a team id, or enterprise:team.")
def export(workspace: str | None) -> int:
    """Print everything that is held as JSON lines, with counts at the end."""
    from bot.terminal import held as command

    return command.export(workspace)


@main.command()
def serve() -> None:
    """Serve Slack: Socket Mode when SLACK_APP_TOKEN is set, else HTTP; /healthz in both."""
    gc.disable()  # all that is made for the start stays: to look for what could go is a tenth of it
    from bot import serving
    from bot.terminal.environment import environment, knowledge_pack

    settings = environment()
    serving.serve(settings, knowledge_pack(settings))


@main.command()
@click.option("--port", default=3210, show_default=True, help="On 127.0.0.1 only.")
@click.option(
    "--db",
    type=Path,
    default=Path("meshfit-playground.db"),
    show_default=True,
    help="Its database; the conversations are kept in a file beside it.",
)
@click.option("--reset", is_flag=True, help="Forget what was there and begin afresh.")
@click.option("--socket", is_flag=True, help="Let meshfit connect in Socket Mode, not over HTTP.")
def playground(port: int, db: Path, reset: bool, socket: bool) -> None:
    """Try the bot in the browser, in a local Slack look-alike; no token needed."""
    from playground import command

    command.play(port, db, reset=reset, socket=socket)


if __name__ == "__main__":
    main(prog_name="meshfit")
