"""What people answer in a round, and who of them is asked.

In an anonymous round answers are kept under a mark of the person that the round's `salt` makes. The
salt goes when the round closes, and each answer gets a mark of its own; from then on nobody can
tell whose an answer is, nor which are of one person. So answers have neither a time nor an order of
writing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.model import Answer
from bot.domain.rounds.model import Round, RoundAnswer
from bot.domain.team import FORMER, Workspace
from bot.store import rows
from bot.store.engine import Database

_SALT = "SELECT salt FROM rounds WHERE workspace = ? AND id = ?"


def join(db: Database, round_: Round, person: str, *, named: bool) -> None:
    """This person is asked, or came by themselves."""
    db.execute(
        "INSERT INTO round_people (workspace, round, person, named) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace, round, person) DO NOTHING",
        [round_.workspace, round_.id, person, int(named)],
    )


def asks(db: Database, round_: Round, person: str) -> bool:
    """Whether this person was named, or came by themselves before."""
    key = [round_.workspace, round_.id, person]
    there = "SELECT 1 FROM round_people WHERE workspace = ? AND round = ? AND person = ?"
    return db.execute(there, key).fetchone() is not None


def put(db: Database, round_: Round, person: str, answers: Mapping[str, Answer | None]) -> bool:
    """Keep a page of somebody's answers; False where nobody could find them again."""
    key = _mark(db, round_, person)
    for question, answer in answers.items() if key else ():
        db.execute(
            "INSERT INTO round_answers (workspace, round, person, question, answer) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace, round, person, question) "
            "DO UPDATE SET answer = excluded.answer",
            [round_.workspace, round_.id, key, question, answer and rows.answer_json(answer)],
        )
    db.execute(
        "UPDATE round_people SET answered = -1 "
        "WHERE workspace = ? AND round = ? AND person = ? AND answered = 0",
        [round_.workspace, round_.id, person],
    )
    return bool(key)


def hand_in(db: Database, round_: Round, person: str) -> None:
    """Their answers count from now on."""
    db.execute(
        "UPDATE round_people SET answered = 1 WHERE workspace = ? AND round = ? AND person = ?",
        [round_.workspace, round_.id, person],
    )


def mine(db: Database, round_: Round, person: str) -> dict[str, Answer | None]:
    """What this person said in an open round so far."""
    return {each.question: each.answer for each in _said(db, round_, _mark(db, round_, person))}


def said(db: Database, round_: Round) -> tuple[RoundAnswer, ...]:
    """Everything that was handed in; whose it is in an anonymous round, under a mark."""
    return tuple(_said(db, round_))


def leave(db: Database, round_: Round, person: str, *, everywhere: bool) -> None:
    """Take a person out, or what they said.

    Of an anonymous round that has closed a row without a name stays, so that its counts are true.
    """
    _drop(db, round_, person)
    key = [round_.workspace, round_.id, person]
    its = "WHERE workspace = ? AND round = ? AND person = ?"
    if round_.names == "anonymous" and round_.closed_at is not None:
        if everywhere:
            nobody = f"{FORMER}:{rows.new_id()}"
            db.execute(f"UPDATE round_people SET person = ? {its}", [nobody, *key])
    elif everywhere:
        db.execute(f"DELETE FROM round_people {its}", key)
    else:
        db.execute(f"UPDATE round_people SET answered = 0 {its}", key)


def handed_in(db: Database, round_: Round) -> tuple[str, ...]:
    """Who handed in their answers."""
    people = (
        "SELECT person FROM round_people WHERE workspace = ? AND round = ? AND answered = 1 "
        "ORDER BY person"
    )
    return tuple(str(row[0]) for row in db.execute(people, [round_.workspace, round_.id]))


def drop_begun(db: Database, round_: Round) -> None:
    """What was not handed in goes; of a round with too few answers to show, everything."""
    left = "SELECT person FROM round_people WHERE workspace = ? AND round = ? AND answered < 1"
    for (person,) in list(db.execute(left, [round_.workspace, round_.id])):
        _drop(db, round_, person)
    if round_.too_few:
        part(db, round_, ())


def part(db: Database, round_: Round, kept: Iterable[RoundAnswer]) -> None:
    """These stay of all answers, each under a mark of its own."""
    pairs = [(e.question, rows.answer_json(e.answer) if e.answer else None) for e in kept]
    part_rows(db, round_.workspace, round_.id, pairs)


def part_rows(
    db: Database, workspace: Workspace, name: str, kept: Iterable[tuple[str, str | None]]
) -> None:
    """The same of (question, answer as it is kept)."""
    db.execute("DELETE FROM round_answers WHERE workspace = ? AND round = ?", [workspace, name])
    for question, answer in kept:
        db.execute(
            "INSERT INTO round_answers (workspace, round, person, question, answer) "
            "VALUES (?, ?, ?, ?, ?)",
            [workspace, name, rows.new_id(), question, answer],
        )


def _drop(db: Database, round_: Round, person: str) -> None:
    key = [round_.workspace, round_.id, _mark(db, round_, person)]
    db.execute("DELETE FROM round_answers WHERE workspace = ? AND round = ? AND person = ?", key)


def _mark(db: Database, round_: Round, person: str) -> str:
    """What a person's answers are kept under; empty where that cannot be known any more."""
    if round_.names == "open":
        return person
    [salt] = db.execute(_SALT, [round_.workspace, round_.id]).fetchone() or [""]
    return hashlib.sha256(f"{salt} {person}".encode()).hexdigest()[:24] if salt else ""


def _said(db: Database, round_: Round, person: str | None = None) -> Iterator[RoundAnswer]:
    """Of one person, or what everybody handed in."""
    one = "" if person is None else "AND person = :person"
    rows = db.query(
        "SELECT person, question, answer FROM round_answers "
        f"WHERE workspace = :workspace AND round = :round {one} ORDER BY person, question",
        {"workspace": round_.workspace, "round": round_.id, "person": person},
    )
    for row in rows:
        answer = Answer.model_validate_json(row["answer"]) if row["answer"] else None
        yield RoundAnswer(person=row["person"], question=row["question"], answer=answer)
