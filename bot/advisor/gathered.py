"""All the evidence of a channel, and how it stands beside the checklist."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.desk import Desk
from bot.domain.evidence.gathering import offered, replayed
from bot.domain.evidence.model import Gathered, KeptExport, KeptLook
from bot.domain.replies import QuestionPage
from bot.domain.team import Caller, TeamAnswer
from bot.store import Database, answers, assessments, confirmed, evidence


def gathered(desk: Desk, db: Database, caller: Caller) -> Gathered:
    """What is in use here, what it would answer, what it changed."""
    used = evidence.in_use(db, caller)
    looks = [each for each in used if isinstance(each, KeptLook)]
    exports = tuple(each for each in used if isinstance(each, KeptExport))
    incidents = confirmed.of_channel(db, caller) if exports else ()
    found = Gathered(
        look=looks[0] if looks else None,
        exports=exports,
        incidents=incidents,
        replay=replayed(incidents, exports),
        given=_given(db, caller),
        turned=evidence.turned(db, caller) if used else (),
        today=desk.clock().date(),
    )
    known = [each for each in offered(found) if each.question in desk.pack.questions]
    return found.model_copy(update={"counted": tuple(known)})


def beside(desk: Desk, db: Database, sheet: QuestionPage) -> QuestionPage:
    """A page with what was counted, and what was only seen, beside its questions."""
    found = gathered(desk, db, sheet.caller)
    asked = {each.id for each in sheet.questions}
    counted = {each.question: each for each in found.counted if each.question in asked}
    hints = found.look.look.hints if found.look else {}
    return sheet.model_copy(
        update={
            "counted": counted,
            "hints": {each: hints[each] for each in hints if each in asked - counted.keys()},
            "seen": found.look.look.seen if found.look else None,
            "today": found.today,
        }
    )


def _given(db: Database, caller: Caller) -> Mapping[str, TeamAnswer]:
    """The team's answers, or mine while nothing is shared."""
    held = assessments.open_of(db, caller) or assessments.draft_of(db, caller)
    found = answers.counting(db, caller.workspace, held.id) if held else ()
    return {each.question: each for each in found}
