"""The decision record, the history of a channel, and forgetting."""

from __future__ import annotations

from slack_bolt import Ack

from bot.advisor import Advisor
from bot.blocks import notice, records, then
from bot.blocks.values import RecordKey
from bot.listeners import payloads
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.responding import Responder


class RecordScreens:
    """Reading back, writing down, deleting."""

    def __init__(self, advisor: Advisor) -> None:
        self.then = advisor.then
        self.records, self.reviews, self.pack = (
            advisor.records,
            advisor.reviews,
            advisor.desk.pack,
        )

    def write(self, ack: Ack, act: Act) -> None:
        """`/meshfit record`: the decision as a Markdown file in the card's thread."""
        self.records.write(act.caller)
        ack()

    def confirm(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Confirm, below a record that is proposed."""
        at = act.pressed(RecordKey)
        self.records.confirm(act.caller, at.assessment, int(at.number))
        respond(**instead(records.confirmed(int(at.number), act.caller.user)))
        ack()

    def report(self, ack: Ack, act: Act) -> None:
        """`/meshfit report`: the decision as a page for a review, in the card's thread."""
        self.reviews.post(act.caller)
        ack()

    def history(self, ack: Ack, act: Act) -> None:
        """`/meshfit history`."""
        records_here, kept = self.records.history(act.caller), self.then.kept(act.caller)
        ack(**private(records.history(records_here, kept)))

    def changes(self, ack: Ack, act: Act) -> None:
        """`/meshfit changes`, since a day or between two."""
        between = self.then.between(act.caller, payloads.days(act.body))
        ack(**private(then.changes(self.pack, between)))

    def changes_since(self, ack: Ack, act: Act, respond: Responder) -> None:
        """What changed since …, under the history."""
        respond(**private(then.changes(self.pack, self.then.since(act.caller, act.said))))
        ack()

    def read(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Read: one old assessment, with the pack it was answered with."""
        standing, pack = self.records.read(act.caller, act.id)
        respond(**private(records.past(pack, standing)))
        ack()

    def ask_to_delete(self, ack: Ack, act: Act) -> None:
        """`/meshfit delete`: says what is kept, each part with its button."""
        kinds = self.records.held(act.caller)
        ack(**private(records.forgetting(kinds)))

    def delete_mine(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Delete what is mine: my answers go from the team's card too."""
        erased = self.records.erase_mine(act.caller)
        respond(**instead(records.deleted(erased.gone)))
        ack()
        self.records.settle()

    def delete_team(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Delete the assessment I started; its card says so."""
        self.records.erase_team(act.caller, act.id)
        respond(**instead(notice.plain("Deleted, with everyone's answers.")))
        ack()
        self.records.settle()

    def delete_me(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Delete everything about me in the workspace; cards and checklists lose my name."""
        forgotten = self.records.erase_everywhere(act.caller)
        respond(**instead(records.forgotten(forgotten.gone)))
        ack()
        self.records.settle()

    def uninstalled(self, act: Act) -> None:
        """The app was removed: everything of the workspace goes."""
        self.records.uninstalling(act.caller, act.body.get("event_time"))
