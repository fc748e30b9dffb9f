"""All the evidence of a channel, and how it stands beside the checklist."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.across import of_teams
from bot.advisor.desk import Desk
from bot.domain.across import Across
from bot.domain.evidence.gathering import offered as supported
from bot.domain.evidence.gathering import replayed
from bot.domain.evidence.model import Counted, Gathered, KeptExport, KeptLook
from bot.domain.replies import QuestionPage
from bot.domain.team import Caller, TeamAnswer
from bot.store import Database, answers, assessments, confirmed, evidence


def gathered(desk: Desk, db: Database, caller: Caller) -> Gathered:
    """What is in use here, what it would answer, what it changed."""
    used = _in_use(desk, db, caller)
    turned = evidence.turned(db, caller) if used.look or used.exports else ()
    return used.model_copy(update={"answered": _answered(db, caller), "turned": turned})


def _in_use(desk: Desk, db: Database, caller: Caller) -> Gathered:
    """The same without the answers that it stands beside: every page asks for that."""
    used = evidence.in_use(db, caller)
    looks = [each for each in used if isinstance(each, KeptLook)]
    exports = tuple(each for each in used if isinstance(each, KeptExport))
    incidents = confirmed.of_channel(db, caller) if exports else ()
    everything = Gathered(
        look=looks[0] if looks else None,
        exports=exports,
        incidents=incidents,
        replay=replayed(incidents, exports),
        today=desk.clock().date(),
    )
    known = [each for each in supported(everything) if each.question in desk.pack.questions]
    return everything.model_copy(update={"counted": tuple(known)})


def beside(desk: Desk, db: Database, question_page: QuestionPage) -> QuestionPage:
    """A page with what was counted, and what was only seen, beside its questions."""
    evidence, teams = (
        _in_use(desk, db, question_page.caller),
        of_teams(desk, db, question_page.caller),
    )
    asked = {each.id for each in question_page.questions}
    counted = {name: each for name, each in _offers(evidence, teams).items() if name in asked}
    hints = {**teams.seen, **(evidence.look.look.hints if evidence.look else {})}
    return question_page.model_copy(
        update={
            "counted": counted,
            "hints": {each: hints[each] for each in hints if each in asked - counted.keys()},
            "seen": evidence.look.look.seen if evidence.look else evidence.today,
            "today": evidence.today,
        }
    )


def on_offer(desk: Desk, db: Database, caller: Caller) -> Mapping[str, Counted]:
    """Question → what stands beside it with a button that takes it."""
    return _offers(_in_use(desk, db, caller), of_teams(desk, db, caller))


def _offers(gathered: Gathered, teams: Across) -> Mapping[str, Counted]:
    """What was counted here comes before what teams answered."""
    return {**teams.offered, **{each.question: each for each in gathered.counted}}


def _answered(db: Database, caller: Caller) -> Mapping[str, TeamAnswer]:
    """The team's answers, or mine while nothing is shared."""
    assessment = assessments.open_of(db, caller) or assessments.draft_of(db, caller)
    counting = answers.counting(db, caller.workspace, assessment.id) if assessment else ()
    return {each.question: each for each in counting}
