"""What has a date, and reminders of it: yes, done, snoozed, stopped."""

from __future__ import annotations

from pydantic import ValidationError
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import dates
from bot.blocks.surfaces import Payload
from bot.blocks.values import WireKey
from bot.domain.dates.model import Thing
from bot.domain.words import on_day
from bot.listeners import screens
from bot.listeners.act import Act, Outdated
from bot.listeners.delivery import instead, private
from bot.listeners.responding import Responder

STOPPED = "Stopped: I remind you of this no more. `/meshfit dates` in the channel begins anew."
DONE = "Done: no more of this. Where its date moves, I remind you of the new one."
ACTION_DONE = "Done, and the channel's list of what to do says so."


class DateScreens:
    """Off until somebody says yes; only their own word changes their own reminders."""

    def __init__(self, advisor: Advisor) -> None:
        self.reminding, self.acting = advisor.reminding, advisor.acting
        self.pack, self.tripping, self.checklist = (
            advisor.desk.pack,
            advisor.tripping,
            advisor.checklist,
        )

    def command(self, ack: Ack, act: Act) -> None:
        """`/meshfit dates`."""
        ack(**private(self._list(act)))

    def say_yes(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Remind me."""
        self.reminding.say_yes(act.caller, _thing(act))
        respond(**instead(self._list(act)))
        ack()

    def say_yes_to_round(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Remind me, on a round or where somebody is asked in it."""
        dated = self.reminding.say_yes(act.caller, _thing(act))
        respond(**private(dates.asked_of_round(dated)))
        ack()

    def say_no(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Stop reminding, in the list."""
        self.reminding.stop(act.caller, _thing(act))
        respond(**instead(self._list(act)))
        ack()

    def _list(self, act: Act) -> Payload:
        here = self.reminding.here(act.caller)
        return dates.listed(self.pack, here.dated, here.mine, here.wires)

    def done(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Done: no more of this date; of an action the list says so too."""
        caller, thing = act.caller, _thing(act)
        reminder = self.reminding.done(caller, thing)
        ended = DONE
        if thing.kind == "action":
            there = caller.model_copy(update={"channel": reminder.channel})
            self.acting.settle(there, thing.subject, thing.part, "done")
            ended = ACTION_DONE
        respond(**instead(dates.ended(ended)))
        ack()

    def snooze(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Snooze a week."""
        reminder = self.reminding.snooze(act.caller, _thing(act))
        until = f" on {on_day(reminder.snoozed)}" if reminder.snoozed else ""
        text = f"I remind you again{until}, or the working day after, unless it is settled by then."
        respond(**instead(dates.ended(text)))
        ack()

    def stop(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Stop reminding."""
        self.reminding.stop(act.caller, _thing(act))
        respond(**instead(dates.ended(STOPPED)))
        ack()

    def happened(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """Yes: noted, and the question that it changes opens."""
        key = act.pressed(WireKey)
        wire, there = self.tripping.say(act.caller, key.assessment, key.wire, "yes")
        respond(**instead(self._wires(act, key.assessment)))
        ack()
        shown = self.checklist.open_question(there, wire.question)
        act.opens(client, screens.guided(self.pack, shown))

    def not_yet(self, ack: Ack, act: Act, respond: Responder) -> None:
        """No: noted."""
        key = act.pressed(WireKey)
        self.tripping.say(act.caller, key.assessment, key.wire, "no")
        respond(**instead(self._wires(act, key.assessment)))
        ack()

    def _wires(self, act: Act, assessment: str) -> Payload:
        """The list, or the reminder, on which it was pressed, as it stands now."""
        if not act.caller.is_dm:
            return self._list(act)
        look = self.reminding.again(act.caller, Thing(kind="look", subject=assessment))
        return dates.reminder(self.pack, look) if look else dates.ended("Noted.")


def _thing(act: Act) -> Thing:
    try:
        return Thing.read(act.said)
    except ValidationError:
        raise Outdated("button") from None
