"""What is written down is true and complete: variables, commands, scopes, headings."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.blocks import adding, notice
from bot.cluster.policies import POLICIES
from bot.commands import main
from bot.settings import FROM_FILES, Settings
from bot.store import SqliteStore, migrate
from tests.shipped import SHIPPED

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
ADMINS = (PROJECT / "docs/for-admins.md").read_text("utf-8")

VARIABLE = re.compile(r"\b(?:MESHFIT|SLACK)_[A-Z_]+\b")


def variables() -> set[str]:
    """The environment variables that meshfit reads."""
    return {
        str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()
    }


def test_every_variable_is_explained_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", README, re.MULTILINE))
    assert set(rows) == variables()
    for name, field in Settings.model_fields.items():
        alias = str(field.validation_alias or name).upper()
        if isinstance(field.default, str | int):
            assert f"`{field.default}`" in rows[alias]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/for-admins.md",
        "docs/operating.md",
        "Dockerfile",
        "manifest.yml",
    ],
)
def test_no_document_names_a_variable_that_does_not_exist(path: str) -> None:
    text = (PROJECT / path).read_text("utf-8")
    in_files = {f"{each}_FILE" for each in FROM_FILES}
    assert set(VARIABLE.findall(text)) <= variables() | in_files


def test_admins_are_told_of_every_variable_that_holds_a_secret_or_data() -> None:
    assert {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "MESHFIT_DB"} <= set(
        VARIABLE.findall(ADMINS)
    )


def test_every_command_is_in_the_readme_and_has_help() -> None:
    assert isinstance(main, click.Group)
    with click.Context(main) as context:
        commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    documented = re.findall(r"^meshfit ([a-z]+)", README, re.MULTILINE)
    assert set(documented) == set(commands)
    assert all(command and command.help for command in commands.values())


def test_every_option_in_the_readme_exists_and_the_reverse() -> None:
    with click.Context(main) as context:
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            assert command is not None
            [usage] = re.findall(rf"^meshfit {name}\b(.*(?:\n {{10,}}.*)*)", README, re.MULTILINE)
            options = {
                flag
                for each in command.params
                for flag in (*each.opts, *each.secondary_opts)
                if isinstance(each, click.Option) and not each.hidden
            }
            assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", usage)) == options - {"--help"}


def test_every_word_after_the_slash_command_is_in_the_readme() -> None:
    matches = re.findall(r"^\| `/meshfit ?([^`]*)` \| .+ \|$", README, re.MULTILINE)
    assert sorted(matches) == sorted(words for words, _ in (*notice.FIRST, *notice.MORE))


def test_every_scope_has_its_one_reason() -> None:
    scopes = re.findall(r"^      - ([a-z_]+(?::[a-z.]+)?)$", section("scopes:"), re.MULTILINE)
    matches = re.findall(r"^\| `([a-z_:.]+)` \| .+ \|$", ADMINS, re.MULTILINE)
    assert len(scopes) > 5
    assert sorted(matches) == sorted(scopes)


def section(key: str) -> str:
    """The manifest from one key to the next of its level or above."""
    text = (PROJECT / "manifest.yml").read_text("utf-8")
    return text.partition(key)[2].partition("\nsettings:")[0]


def test_the_changelog_keeps_its_form() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", each) for each in headings[1:])
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert "Knowledge" in kinds
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Knowledge"}


def test_decisions_are_dated_and_in_order() -> None:
    text = (PROJECT / "docs/decisions.md").read_text("utf-8")
    dates = re.findall(r"^## (\d{4}-\d\d-\d\d) · .+$", text, re.MULTILINE)
    assert len(dates) == len(re.findall(r"^## ", text, re.MULTILINE)) > 10
    assert dates == sorted(dates)


def test_admins_ask_kubectl_for_every_kind_of_policy_that_is_read_or_named() -> None:
    asked = {
        kind for line in re.findall(r"^kubectl get (\S+)", ADMINS, re.M) for kind in line.split(",")
    }
    read = {
        f"{kind.lower()[:-1]}ies.{group}" if kind.endswith("y") else f"{kind.lower()}s.{group}"
        for kind, _, group in (each.partition(".") for each in POLICIES)
        if group.endswith(".io") and kind != "NetworkPolicy"
    }
    foreign = {
        f"{kind}.crd.projectcalico.org" for kind in ("networkpolicies", "globalnetworkpolicies")
    }
    cilium = {f"cilium{kind}networkpolicies.cilium.io" for kind in ("", "clusterwide")}
    assert read | foreign | cilium | {"networkpolicies"} <= asked


def test_admins_are_told_of_every_table(tmp_path: Path) -> None:
    stored = ADMINS.partition("## What is stored")[2].partition("\n## ")[0]
    cells = [line.split("|")[2] for line in stored.splitlines() if line.startswith("|")]
    with migrate(SqliteStore(tmp_path / "meshfit.db")).reading() as db:
        names = set(db.columns())
    assert {each for cell in cells for each in re.findall(r"`(\w+)`", cell)} == names


def test_the_commands_to_copy_in_slack_ask_for_kinds_that_admins_are_told_of() -> None:
    asked = {
        kind for line in re.findall(r"^kubectl get (\S+)", ADMINS, re.M) for kind in line.split(",")
    }
    (kinds,) = re.findall(r"^kubectl get (\S+) -A -o json \| meshfit look -", adding.LOOK)
    assert set(kinds.split(",")) <= asked
    assert "secrets" not in kinds
    assert "configmaps" not in kinds


def test_the_sample_answers_in_the_readme_come_to_the_advice_printed_below_them(tmp_path):
    [answers] = re.findall(r"<!-- answers -->\n```\n(.*?)```", README, re.DOTALL)
    [advice] = re.findall(r"<!-- advice -->\n```\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "answers.yaml"
    file.write_text(answers, "utf-8")
    ran = CliRunner().invoke(main, ["assess", str(file)], env={"COLUMNS": "80"})
    assert ran.exit_code == 0
    assert ran.stdout.startswith(advice)
    assert len(advice.splitlines()) > 10


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def test_what_the_pack_counts_is_counted_so_where_it_is_written_down() -> None:
    asked, there = len(SHIPPED.core), len(SHIPPED.there)
    quick = [each for each in SHIPPED.checklist if each.path == "quick"]
    assert f"the checklist: {NUMBERS[asked]} questions" in README
    assert f"{NUMBERS[asked].capitalize()} core questions: four needs" in README
    assert len(SHIPPED.needs) >= 4
    assert re.search(rf"\*We already run one\* asks instead, on {NUMBERS[there]} pages", README)
    design = (PROJECT / "docs/design.md").read_text("utf-8")
    sentence = f"{NUMBERS[asked].capitalize()} core questions on {NUMBERS[len(quick)]} quick pages"
    assert sentence in design


def test_the_tour_of_the_playground_counts_nothing_of_the_pack() -> None:
    tour = (PROJECT / "playground/web/templates/tour.html").read_text("utf-8")
    assert not re.search(rf"\b({'|'.join(NUMBERS)}|\d+) (questions|pages)\b", tour, re.IGNORECASE)
