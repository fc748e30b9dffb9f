"""Before the first run: the plan's two pages, the budgets, the roles."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ids, plan, roles
from bot.blocks.carried import PilotMeta
from bot.domain.pack.limits import MOST_SERVICES_IN_A_SLICE
from bot.domain.pilot.model import Dossier, Owner, PilotService, Plan
from bot.listeners.act import Act
from bot.listeners.delivery import instead
from bot.listeners.forms import Form
from bot.listeners.responding import Answer


class PlanScreens:
    """The forms behind the first and fourth step, and the seal before the third."""

    def __init__(self, advisor: Advisor) -> None:
        self.planning, self.dossiers = advisor.planning, advisor.dossiers
        self.pack = advisor.desk.pack

    def open_plan(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Plan: the first page."""
        ack()
        dossier, meta = self._pressed(act)
        act.opens(client, plan.aim(self.pack, dossier, meta))

    def save_aim(self, ack: Ack, act: Act) -> None:
        """Save and go on: the aim is saved, the slice stands in its place."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = act.form
        aim = Plan(
            metric=form.needed("metric", 500),
            baseline=form.needed_number("baseline"),
            target=form.needed_number("target"),
            unit=form.needed("unit", 40),
            mesh=form.code("mesh", self.pack.meshes),
            shows_on=form.day_if_any("shows_on"),
            measured_by=form.user("measured_by"),
        )
        chosen = form.codes("driver", self.pack.drivers)
        form.check()
        dossier, _ = self.planning.aim(caller, meta.pilot, chosen, aim, act.opened)
        view = plan.slice_(self.pack, dossier, _meta(act, dossier))
        ack(response_action="update", view=view)

    def save_slice(self, ack: Ack, act: Act) -> None:
        """Save the plan: the thread shows it, with what it still lacks."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = act.form
        can_live = form.code("can_live", ("yes", "no")) == "yes"
        rows = self._services(form)
        form.check()
        self.planning.choose_slice(caller, meta.pilot, rows, act.opened, can_live=can_live)
        ack(response_action="clear")

    def open_budgets(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Budgets: to be sealed, or amended."""
        ack()
        dossier, meta = self._pressed(act)
        view = plan.budgets(self.pack, dossier, self.planning.limits(dossier), meta)
        act.opens(client, view)

    def seal(self, ack: Ack, act: Act) -> None:
        """Seal, or amend: the thread shows the budgets and their fingerprint."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = act.form
        typed = {each: form.number(each) for each in self.pack.budgets}
        reason = form.text(plan.REASON, 500)
        form.check()
        self.planning.seal(caller, meta.pilot, typed, reason, act.opened)
        ack(response_action="clear")

    def open_roles(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Owners: who has each role."""
        ack()
        dossier, meta = self._pressed(act)
        view = roles.form(self.pack, dossier, meta)
        act.opens(client, view)

    def name_owners(self, ack: Ack, act: Act) -> None:
        """Save: the thread shows the roles, and whoever is named accepts there."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        named = {
            role: Owner(user=form.user(role), backup=form.user(role + roles.BACKUP))
            for role in self.pack.roles
        }
        self.planning.name_owners(caller, meta.pilot, named, act.opened)
        ack(response_action="clear")

    def answer_roles(self, ack: Ack, act: Act, respond: Answer) -> None:
        """I accept my roles, or none of them."""
        accepts = act.name == ids.ACCEPT_ROLES
        dossier, _ = self.planning.answer_roles(act.caller, act.id, accepts=accepts)
        respond(**instead(roles.named(self.pack, dossier)))
        ack()

    def _pressed(self, act: Act) -> tuple[Dossier, str]:
        """The pilot whose button was pressed, and what its form carries."""
        dossier = self.dossiers.to_change(act.caller, act.id)
        return dossier, _meta(act, dossier)

    def _services(self, form: Form) -> list[PilotService | None]:
        """The rows of the slice's form; None for one without a name."""
        found: list[PilotService | None] = []
        traits = {*self.pack.traits, plan.SENSITIVE}
        for at in range(1, MOST_SERVICES_IN_A_SLICE + 1):
            if not (name := form.text(f"service_{at}", 80)):
                found.append(None)
                continue
            like = form.codes(f"traits_{at}", traits)
            endpoints = (each.strip() for each in form.text(f"endpoints_{at}", 300).split(","))
            found.append(
                PilotService(
                    name=name,
                    traits=tuple(each for each in like if each != plan.SENSITIVE),
                    owner=form.user(f"owner_{at}"),
                    endpoints=tuple(filter(None, endpoints)),
                    sensitive=plan.SENSITIVE in like,
                )
            )
        return found


def _meta(act: Act, dossier: Dossier) -> str:
    board = dossier.board
    return str(PilotMeta(channel=act.caller.channel, pilot=board.id, written=board.written))
