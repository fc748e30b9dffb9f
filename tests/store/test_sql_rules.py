"""The rules of SQL that every table keeps from `keyed_by_installation` on, so that both databases
read it and no order hangs on a clock. Each rule is also shown to catch what breaks it."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from bot.store.engine.sqlite import SqliteDatabase
from bot.store.schema import migrations

STORE = Path(__file__).parents[2] / "bot/store"
FROM = "keyed_by_installation"
SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE \S+ SET|DELETE FROM|CREATE|ALTER TABLE|ON CONFLICT)\b"
)
NOBODYS_YET = {"installing": "an installation that was begun belongs to nobody until it is done"}
"""Table → why no workspace leads its keys."""
OF_BEFORE = {"first_tables.py", "rekeying.py", "schema.py"}
"""They read tables as they were before the rules, on SQLite alone."""
KNOWN = {
    "erase.py: JSON function in the statement on changesets": "a table older than the rules",
    "erase.py: JSON function in the statement on json_each": "a table older than the rules",
    "installations.py: ordered by the clock in the statement on installing": (
        "which one that was begun runs out first is a matter of the clock"
    ),
}
"""What breaks a rule, and why it may; there are only to be fewer."""


def statements(source: str) -> Iterator[str]:
    """Every text of a module that is SQL; what an f-string fills in reads as `{}`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(getattr(part, "value", "{}")) if isinstance(part, ast.Constant) else "{}"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def conflicts_name_their_target(sql: str) -> Iterator[str]:
    if re.search(r"ON CONFLICT(?!\s*(\(|\{))", sql):
        yield "ON CONFLICT without its target"
    if re.search(r"\bINSERT OR\b|\bREPLACE INTO\b", sql):
        yield "INSERT OR"


def user_is_quoted(sql: str) -> Iterator[str]:
    if re.search(r'(?<![:"\w.])user(?!["\w])', re.sub(r"'[^']*'", "", sql)):
        yield "user without quotes"


def order_is_of_writing(sql: str) -> Iterator[str]:
    if re.search(r"\browid\b", re.sub(r"WITHOUT ROWID", "", sql), re.IGNORECASE):
        yield "rowid"
    for order in re.findall(r"ORDER BY ([^)]*)", sql) if touches_new(sql) else ():
        if re.search(r"\b(at|\w+_at|until)\b", order):
            yield "ordered by the clock"


def no_json_functions(sql: str) -> Iterator[str]:
    if re.search(r"\bjsonb?_\w+\s*\(|->", sql):
        yield "JSON function"


RULES: list[Callable[[str], Iterator[str]]] = [
    conflicts_name_their_target,
    user_is_quoted,
    order_is_of_writing,
    no_json_functions,
]


@cache
def today() -> sqlite3.Connection:
    """A database of today, empty."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(SqliteDatabase(conn))
    return conn


@cache
def new_tables() -> frozenset[str]:
    """The tables that came after the rules."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        following = migrations.known[migrations.known.index(FROM) + 1]
        migrations.apply(SqliteDatabase(conn), stop_before=following)
        before = SqliteDatabase(conn).columns()
    return frozenset(SqliteDatabase(today()).columns().keys() - before.keys())


def touches_new(sql: str) -> bool:
    return any(re.search(rf"\b{each}\b", sql) for each in new_tables())


def breaches(name: str, sql: str) -> Iterable[str]:
    table = re.search(r"(?:FROM|INTO|UPDATE|TABLE) (\w+)", sql)
    for rule in RULES:
        for breach in rule(sql):
            yield f"{name}: {breach} in the statement on {table[1] if table else '?'}"


def test_the_store_keeps_the_rules():
    named = {
        breach
        for path in sorted(STORE.rglob("*.py"))
        if path.name not in OF_BEFORE
        for sql in statements(path.read_text("utf-8"))
        if SQL.search(sql)
        for breach in breaches(path.name, sql)
    }
    assert named <= KNOWN.keys()


def test_later_steps_of_the_schema_keep_them_too():
    source = (STORE / "schema.py").read_text("utf-8")
    steps = {
        each.name: each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef)
    }
    later = migrations.known[migrations.known.index(FROM) + 1 :]
    named = [
        breach
        for step in later
        if step in steps
        for sql in statements(ast.get_source_segment(source, steps[step]) or "")
        for breach in breaches(step, sql)
    ]
    assert named == []


def test_the_workspace_leads_every_key_of_a_new_table():
    new, conn = new_tables(), today()
    assert new
    for table in new - NOBODYS_YET.keys():
        keys = [
            [row[2] for row in conn.execute(f'PRAGMA index_info("{index[1]}")')]
            for index in conn.execute(f'PRAGMA index_list("{table}")')
            if index[2]  # unique
        ]
        columns = conn.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys.append([row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]])
        assert {key[0] for key in keys} == {"workspace"}, f"{table}: {keys}"


BREAKING = [
    (conflicts_name_their_target, "INSERT INTO owed (id) VALUES (?) ON CONFLICT DO NOTHING"),
    (conflicts_name_their_target, "INSERT OR IGNORE INTO owed (id) VALUES (?)"),
    (user_is_quoted, "SELECT id FROM owed WHERE user = :user"),
    (user_is_quoted, "INSERT INTO owed (id, user) VALUES (?, ?)"),
    (order_is_of_writing, "SELECT id FROM owed ORDER BY rowid"),
    (order_is_of_writing, "SELECT id FROM owed WHERE workspace = ? ORDER BY at DESC"),
    (order_is_of_writing, "SELECT id FROM owed ORDER BY kind, started_at"),
    (no_json_functions, "SELECT json_extract(data, '$.x') FROM owed"),
    (no_json_functions, "SELECT data ->> 'x' FROM owed"),
]


@pytest.mark.parametrize(("rule", "sql"), BREAKING)
def test_a_breach_is_caught(rule: Callable[[str], Iterator[str]], sql: str):
    assert list(rule(sql))
    assert {each for each, _ in BREAKING} == set(RULES)


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO owed ("user") VALUES (:user) ON CONFLICT (workspace, id) DO NOTHING',
        "SELECT id FROM owed WHERE at < ? ORDER BY written",
        'SELECT "user" FROM owed WHERE kind = \'user\' AND "user" = :user',
        "CREATE TABLE owed (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    ],
)
def test_what_the_rules_allow_passes(sql: str):
    assert not list(breaches("x.py", sql))
