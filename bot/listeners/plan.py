"""Before the first run: the plan's two pages, the budgets, the roles."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ids, plan, roles
from bot.domain.pack.limits import MOST_SERVICES_IN_A_SLICE
from bot.domain.pilot.model import Dossier, Owner, PilotService, Plan
from bot.errors import BadAnswers, BadInput
from bot.listeners import payloads
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import instead
from bot.listeners.forms import Form
from bot.listeners.payloads import Body, Meta


class PlanScreens:
    """The forms behind the first and fourth step, and the seal before the third."""

    def __init__(self, advisor: Advisor, threads: Checklists, cards: Cards) -> None:
        self.cards = cards
        self.planning, self.dossiers = advisor.planning, advisor.dossiers
        self.pack, self.threads = advisor.desk.pack, threads

    def open_plan(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Plan: the first page."""
        ack()
        dossier, meta = self._pressed(body, context)
        client.views_open(trigger_id=body["trigger_id"], view=plan.aim(self.pack, dossier, meta))

    def save_aim(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save and go on: the aim is saved, the slice stands in its place."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        form = Form(body)
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
        dossier, shared = self.planning.aim(caller, meta.pilot, chosen, aim)
        view = plan.slice_(self.pack, dossier, meta.model_dump_json())
        ack(response_action="update", view=view)
        if shared is not None:
            self.cards.after(client, shared)

    def save_slice(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save the plan: the thread shows it, with what it still lacks."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        form = Form(body)
        can_live = form.code("can_live", ("yes", "no")) == "yes"
        chosen = self._services(form)
        form.check()
        try:
            dossier = self.planning.choose_slice(caller, meta.pilot, chosen, can_live=can_live)
        except BadAnswers as bad:
            ack(response_action="errors", errors={"service_1": " ".join(bad.faults.values())})
            return
        ack(response_action="clear")
        self.threads.tell(client, dossier, plan.planned(self.pack, dossier, caller.user))

    def open_budgets(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Budgets: to be sealed, or amended."""
        ack()
        dossier, meta = self._pressed(body, context)
        view = plan.budgets(self.pack, dossier, self.planning.limits(dossier), meta)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def seal(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Seal, or amend: the thread shows the budgets and their fingerprint."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        form = Form(body)
        typed = {each: form.number(each) for each in self.pack.budgets}
        reason = form.text(plan.REASON, 500)
        form.check()
        limits = {each: limit for each, limit in typed.items() if limit is not None}
        try:
            done = self.planning.seal(caller, meta.pilot, limits, reason)
        except BadAnswers:
            raise
        except BadInput as missing:
            ack(response_action="errors", errors={plan.REASON: missing.sentence})
            return
        ack(response_action="clear")
        self.threads.tell(client, done.dossier, plan.sealed(self.pack, done))

    def open_roles(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Owners: who has each role."""
        ack()
        dossier, meta = self._pressed(body, context)
        view = roles.form(self.pack, dossier, meta)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def name_owners(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save: the thread shows the roles, and whoever is named accepts there."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        named = {
            role: Owner(user=form.user(role), backup=form.user(role + roles.BACKUP))
            for role in self.pack.roles
        }
        dossier, shared = self.planning.name_owners(caller, meta.pilot, named)
        ack(response_action="clear")
        self.threads.tell(client, dossier, roles.named(self.pack, dossier))
        if shared is not None:
            self.cards.after(client, shared)

    def answer_roles(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """I accept my roles, or none of them."""
        caller, pilot = payloads.caller(context, body), payloads.pressed(body)
        accepts = payloads.action_of(body) == ids.ACCEPT_ROLES
        dossier, shared = self.planning.answer_roles(caller, pilot, accepts=accepts)
        ack()
        respond(**instead(roles.named(self.pack, dossier)))
        self.threads.redraw(client, dossier)
        if shared is not None:
            self.cards.after(client, shared)

    def _pressed(self, body: Body, context: BoltContext) -> tuple[Dossier, str]:
        """The pilot whose button was pressed, and what its form carries."""
        caller = payloads.caller(context, body)
        dossier = self.dossiers.to_change(caller, payloads.pressed(body))
        return dossier, Meta(channel=caller.channel, pilot=dossier.board.id).model_dump_json()

    def _services(self, form: Form) -> list[PilotService]:
        """The rows of the slice's form that have a name."""
        found, traits = [], {*self.pack.traits, plan.SENSITIVE}
        for at in range(1, MOST_SERVICES_IN_A_SLICE + 1):
            if not (name := form.text(f"service_{at}", 80)):
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
