"""Who is named hears it directly, once, and is told what came of it in the same message."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.advisor import owing
from bot.advisor.dossiers import Dossiers
from bot.domain.model.nominations import Nominated, Nomination
from bot.domain.pilot.model import Owner, PolicyException
from bot.domain.team import Caller, Workspace
from bot.domain.words import on_day
from bot.store import Database, actions, assessments, nominations, owed
from bot.store.nominations import What
from bot.store.rows import new_id


class OwnWord(NamedTuple):
    """Somebody's own word to what they were asked."""

    word: Literal["accepted", "declined"]
    reason: str = ""

    @classmethod
    def of(cls, *, accepts: bool, why: str) -> OwnWord:
        """Why is kept with a no alone."""
        return cls("accepted") if accepts else cls("declined", why)


def nominate(db: Database, caller: Caller, what: What, person: str, message: str = "") -> None:
    """Somebody was named: asked once, whatever is added while they have not answered.

    `message` is the one in the channel that asks them, where it stands already.
    """
    nomination, part = _open(db, caller, what, person), what[2]
    if nomination is None:
        made = _made(db, caller, what, person)
        nomination = made.model_copy(update={"message_ts": message})
        nominations.keep(db, caller.workspace, nomination)
    else:
        parts = " ".join(dict.fromkeys([*nomination.part.split(), *part.split()]))
        nominations.update(db, caller.workspace, nomination.id, part=parts, by=caller.user)
    owing.nomination(db, caller, nomination.id)


def answered(db: Database, caller: Caller, what: What, word: OwnWord) -> Nomination:
    """The word of whoever was asked, in the team's channel, and why where they said no."""
    own = {"said": word.word, "reason": word.reason, "over": True}
    nomination = _open(db, caller, what, caller.user)
    if nomination is None:  # asked before there were such messages
        nomination = _made(db, caller, what, caller.user).model_copy(update=own)
        nominations.keep(db, caller.workspace, nomination)
    else:
        nominations.update(db, caller.workspace, nomination.id, **own)
    owing.nomination(db, caller, nomination.id)
    return nomination


def nobody_waits(db: Database, caller: Caller, subject: str) -> None:
    """It is about to be deleted: whoever is asked for something of it is told that."""
    for each in nominations.open_of(db, caller.workspace, subject):
        if each.direct_ts:
            data = {"nomination": each.model_dump(mode="json")}
            owed.say(db, caller, "nomination_gone", data)


def _open(db: Database, caller: Caller, what: What, person: str) -> Nomination | None:
    """What this person is asked already of the same; roles are asked for together."""
    kind, subject, part = what
    for each in nominations.open_of(db, caller.workspace, subject):
        if (each.kind, each.person) == (kind, person) and (kind == "roles" or each.part == part):
            return each
    return None


def _made(db: Database, caller: Caller, what: What, person: str) -> Nomination:
    kind, subject, part = what
    return Nomination(
        id=new_id(),
        kind=kind,
        subject=subject,
        part=part,
        channel=caller.channel,
        person=person,
        by=caller.user,
        at=db.clock(),
    )


class Nominating:
    """What each nomination has come to, and whom to leave alone."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def now(self, workspace: Workspace, nomination: str) -> Nominated | None:
        """One of them as it stands; None where it went with what it was about."""
        with self.desk.store.reading() as db:
            asked = nominations.by_id(db, workspace, nomination)
            return self._now(db, workspace, asked) if asked else None

    def leave_alone(self, caller: Caller, *, alone: bool) -> None:
        """Write to this person no more when they are named, or again."""
        with self.desk.store.writing() as db:
            change = nominations.leave_alone if alone else nominations.no_longer_alone
            change(db, caller, *([self.desk.clock()] if alone else []))
            for each in nominations.of_person(db, caller.workspace, caller.user):
                owing.nomination(db, _in(caller, each), each.id)

    def _now(self, db: Database, workspace: Workspace, nomination: Nomination) -> Nominated:
        about = {
            "owner": self._owner,
            "roles": self._roles,
            "exception": self._exception,
            "action": self._action,
            "measure": self._goal,
        }
        now = about[nomination.kind](
            db, Caller(workspace=workspace, channel=nomination.channel, user=""), nomination
        )
        alone = nominations.is_left_alone(db, workspace, nomination.person)
        word = {"stands": nomination.said} if nomination.said else {}
        return now.model_copy(update={"left_alone": alone, **word})

    def _owner(self, db: Database, there: Caller, nomination: Nomination) -> Nominated:
        team = assessments.by_id(db, there.workspace, nomination.subject)
        assert team is not None, "it goes with its assessment"
        link = team.card_link or ""
        if team.status != "open":
            return Nominated(nomination=nomination, stands="ended", link=link)
        holds, since = team.owner_accepted == nomination.person, team.owner_accepted_at
        taken = team.owner_accepted if since and since >= nomination.at else None
        asked, other = team.owner_asked == nomination.person, team.owner_asked or taken
        others = [other] if other else []
        return _stands(nomination, asked=asked, others=others, holds=holds, link=link)

    def _roles(self, db: Database, there: Caller, nomination: Nomination) -> Nominated:
        dossier, pack = self.dossiers.read(db, there, nomination.subject), self.desk.pack
        if dossier.board.result is not None:
            return Nominated(nomination=nomination, stands="ended")
        owners = [(each, dossier.owners.get(each.id)) for each in pack.roles.values()]
        waits = [
            role.title
            for role, owner in owners
            if owner and owner.user == nomination.person and not owner.accepted
        ]
        theirs = [(r, o or Owner()) for r, o in owners if r.id in nomination.part.split()]
        others = [o.user for _, o in theirs if o.user]
        if nomination.said != "accepted":
            return _stands(nomination, asked=bool(waits), others=others, named=waits)
        lost = [r.title for r, o in theirs if o.holder != nomination.person]
        return _stands(nomination, asked=False, others=others, named=lost, holds=not lost)

    def _exception(self, db: Database, there: Caller, nomination: Nomination) -> Nominated:
        dossier = self.dossiers.read(db, there, nomination.subject)
        exception = next((each for each in dossier.exceptions if each.id == nomination.part), None)
        if exception is None or exception.closed:
            return Nominated(nomination=nomination, stands="ended", named=_told(exception))
        asks = exception.asks
        others = [asks] if asks else []
        named = _told(exception)
        return _stands(nomination, asked=asks == nomination.person, others=others, named=named)

    def _goal(self, db: Database, there: Caller, nomination: Nomination) -> Nominated:
        dossier = self.dossiers.read(db, there, nomination.subject)
        plan = dossier.plan
        named = (plan.metric, on_day(plan.shows_on) if plan.shows_on else "")
        if dossier.goal.reached or not dossier.goal_open:
            return Nominated(nomination=nomination, stands="ended", named=named)
        theirs = plan.measured_by == nomination.person
        asked, holds = theirs and plan.measurer == "asked", theirs and plan.measurer == "accepted"
        holds = holds or plan.measurer_before == nomination.person
        others = [plan.measured_by] if plan.measured_by else []
        return _stands(nomination, asked=asked, others=others, named=named, holds=holds)

    def _action(self, db: Database, there: Caller, nomination: Nomination) -> Nominated:
        """Of a line of what to do: who else was asked since; who has it said so themselves."""
        team = assessments.by_id(db, there.workspace, nomination.subject)
        action = actions.by_line(db, there.workspace, nomination.subject, nomination.part)
        assert team is not None, "it goes with its assessment"
        assert action is not None, "what was offered once stays"
        due, link = on_day(action.due) if action.due else "", team.card_link or ""
        theirs = action.owner == nomination.person
        more = {"named": (action.text, due), "link": link, "holds": theirs}
        if team.status != "open" or action.state != "open":
            return Nominated(nomination=nomination, stands="ended", **{**more, "holds": True})
        others = [action.asked] if action.asked else []
        return _stands(nomination, asked=action.asked == nomination.person, others=others, **more)


def _stands(nomination: Nomination, *, asked: bool, others: list[str], **more: object) -> Nominated:
    """Asked while nobody answered and nobody else was named."""
    if asked and not nomination.over:
        return Nominated(nomination=nomination, stands="asked", **more)
    named = tuple(dict.fromkeys(each for each in others if each != nomination.person))
    stands = "another" if named else "withdrawn"
    return Nominated(nomination=nomination, stands=stands, others=named, **more)


def _told(exception: PolicyException | None) -> tuple[str, ...]:
    """Service, last day, reason: of a new date that is asked for, its own; then the first date."""
    if exception is None:
        return ()
    new = exception.proposed or exception
    first = (on_day(exception.ends_on),) if exception.approval == "approved" else ()
    return exception.service, on_day(new.ends_on), new.reason, *first


def _in(caller: Caller, nomination: Nomination) -> Caller:
    return caller.model_copy(update={"channel": nomination.channel})
