"""Before the first run: the plan's two pages, the budgets, the roles."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.slice import named_once, rows_of
from bot.blocks import plan, roles
from bot.blocks.carried import PilotMeta
from bot.blocks.steps import Steps, step
from bot.domain.pack.limits import MOST_SERVICES_IN_A_SLICE
from bot.domain.pilot.model import Dossier, Owner, PilotService, Plan
from bot.domain.pilot.seal import check_limits
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.forms import Form
from bot.listeners.responding import Responder
from bot.listeners.stepping import Stepping


class PlanScreens:
    """The forms behind the first and fourth step, and the seal before the third."""

    def __init__(self, advisor: Advisor) -> None:
        self.planning, self.dossiers = advisor.planning, advisor.dossiers
        self.roles, self.pack = advisor.roles, advisor.desk.pack
        self.slicing = Stepping(advisor, self._slice)
        self.sealing = Stepping(advisor, self._budgets)
        self.naming = Stepping(advisor, self._roles)

    def open_plan(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Plan: the first page."""
        ack()
        dossier, meta = self._pressed(act)
        act.opens(client, plan.aim(self.pack, dossier, str(meta)))

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
            moved_why=form.text(plan.REASON, 500),
        )
        chosen = form.code("driver", self.pack.drivers)
        form.check()
        dossier, _ = self.planning.aim(caller, meta.pilot, [chosen], aim, act.opened)
        view = step(plan.slice_(self.pack, dossier), 0, _meta(act, dossier))
        ack(response_action="update", view=view)

    def save_slice(self, ack: Ack, act: Act) -> None:
        """Save the plan: the thread shows it, with what it still lacks."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = self.slicing.whole(act)
        can_live = form.code("can_live", ("yes", "no")) == "yes"
        rows = self._services(form)
        named_once(rows_of(rows, len(rows)))
        if self.slicing.goes_on(ack, act):
            return
        self.planning.choose_slice(caller, meta.pilot, rows, act.opened, can_live=can_live)
        self.slicing.done(act)
        ack(response_action="clear")

    def open_budgets(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """Budgets: to be sealed, or amended; before there is a plan, the way to it."""
        dossier = self.dossiers.before_sealing(act.caller, act.id)
        if dossier.seal is None and any(each.blocks for each in dossier.remarks):
            respond(**private(plan.before_budgets(dossier)))
            ack()
            return
        ack()
        view = step(self._with_limits(dossier), 0, _meta(act, dossier))
        act.opens(client, view)

    def seal(self, ack: Ack, act: Act) -> None:
        """Seal, or amend: the thread shows the budgets and their fingerprint."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form, dossier = self.sealing.whole(act), self._of_form(act)
        if dossier.seal is None:
            self.planning.check_plan(dossier)
        typed = {each: form.number(each) for each in self.pack.budgets}
        reason = form.text(plan.REASON, 500)
        check_limits(self.pack, {each: limit for each, limit in typed.items() if limit is not None})
        if self.sealing.goes_on(ack, act):
            return
        self.planning.seal(caller, meta.pilot, typed, reason, act.opened)
        self.sealing.done(act)
        ack(response_action="clear")

    def open_roles(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Owners: who has each role."""
        ack()
        dossier, meta = self._pressed(act)
        act.opens(client, step(roles.form(self.pack, dossier), 0, meta))

    def name_owners(self, ack: Ack, act: Act) -> None:
        """Save: the thread shows the roles, and whoever is named accepts there."""
        caller, meta = act.caller, act.carried(PilotMeta)
        form = self.naming.whole(act)
        named = {
            role: Owner(user=form.user(role), backup=form.user(role + roles.BACKUP))
            for role in self.pack.roles
        }
        if self.naming.goes_on(ack, act):
            return
        self.roles.name_owners(caller, meta.pilot, named, act.opened)
        self.naming.done(act)
        ack(response_action="clear")

    def _slice(self, act: Act) -> Steps:
        return plan.slice_(self.pack, self._of_form(act))

    def _budgets(self, act: Act) -> Steps:
        return self._with_limits(self._of_form(act))

    def _roles(self, act: Act) -> Steps:
        return roles.form(self.pack, self._of_form(act))

    def _with_limits(self, dossier: Dossier) -> Steps:
        return plan.budgets(self.pack, dossier, self.planning.limits(dossier))

    def _of_form(self, act: Act) -> Dossier:
        """The pilot that a form is about, as it is now."""
        return self.dossiers.to_change(act.caller, act.carried(PilotMeta).pilot)

    def _pressed(self, act: Act) -> tuple[Dossier, PilotMeta]:
        """The pilot whose button was pressed, and what its form carries."""
        dossier = self.dossiers.to_change(act.caller, act.id)
        return dossier, _meta(act, dossier)

    def _services(self, form: Form) -> list[PilotService | None]:
        """The rows of the slice's form; None for one without a name."""
        services: list[PilotService | None] = []
        traits = {*self.pack.traits, plan.SENSITIVE}
        for at in range(1, MOST_SERVICES_IN_A_SLICE + 1):
            if not (name := form.text(f"service_{at}", 80)):
                services.append(None)
                continue
            like = form.codes(f"traits_{at}", traits)
            endpoints = (each.strip() for each in form.text(f"endpoints_{at}", 300).split(","))
            services.append(
                PilotService(
                    name=name,
                    traits=tuple(each for each in like if each != plan.SENSITIVE),
                    owner=form.user(f"owner_{at}"),
                    endpoints=tuple(filter(None, endpoints)),
                    sensitive=plan.SENSITIVE in like,
                )
            )
        return services


def _meta(act: Act, dossier: Dossier) -> PilotMeta:
    board = dossier.board
    return PilotMeta(channel=act.caller.channel, pilot=board.id, written=board.written)
