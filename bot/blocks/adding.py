"""How evidence is added: the commands to copy, the place for the file, what was read of it."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, escaped, person
from bot.domain.evidence.model import KeptExport, KeptLook
from bot.domain.words import count, on_day

Kept = KeptLook | KeptExport
FILES, DATES = "evidence.files", "evidence.dates"
DAY_FIRST = (("day", "The day first: 3 April"), ("month", "The month first: 4 March"))
LOOK = """kubectl get namespaces,nodes,deployments,statefulsets,daemonsets,replicasets,jobs,\
cronjobs,pods,services,networkpolicies,ingresses,horizontalpodautoscalers,poddisruptionbudgets,\
limitranges,resourcequotas -A -o json | meshfit look - --summary summary.json"""
GITHUB = """gh issue list --label incident --state all --limit 1000 --json \
number,title,body,createdAt,closedAt,stateReason,labels,assignees > incidents.json"""
PAGERDUTY = """curl -H "Authorization: Token token=$TOKEN" \
"https://api.pagerduty.com/incidents?since=2026-06-01&until=2026-11-30&limit=100" \
> incidents.json"""
CONFIRM = "meshfit incidents incidents.json --confirm --confirmations confirmed.json"
_EXPORTS = f"""*From GitHub:*
```{GITHUB}```
*From PagerDuty*, a hundred at a time:
```{PAGERDUTY}```
*From Jira, ServiceNow, incident.io, Statuspage, a spreadsheet and others:* their own export, JSON \
or CSV.
*Already gone through at a terminal?* Add the export first, then confirmed.json:
```{CONFIRM}```"""


def add_look(meta: str) -> Payload:
    """The commands to copy, and the place for the summary."""
    return modal(
        ids.ADD_LOOK,
        "Add a cluster's summary",
        [
            kit.section(
                "how",
                "*Where kubectl and meshfit are*, this keeps no file of your cluster and writes a "
                f"summary of counts, without names:\n```{LOOK}```",
            ),
            kit.context(
                "more",
                "A mesh's and a network plugin's own policies: docs/for-admins.md has their lines. "
                "The dump itself stays with you: I refuse one after its first kilobytes.",
            ),
            kit.field(FILES, "summary.json", kit.file_input(ids.ANSWER, 1)),
        ],
        submit="Add",
        meta=meta,
    )


def add_incidents(meta: str) -> Payload:
    """How to export, and the place for it."""
    kept = (
        "Kept are title, start, end, hours or head count, severity and service. Names and mails "
        "are dropped as the file is read; what was written about an incident serves a suggestion, "
        "and is dropped too."
    )
    return modal(
        ids.ADD_INCIDENTS,
        "Add incidents",
        [
            kit.section("how", escaped_code(_EXPORTS)),
            kit.context("kept", kept),
            kit.field(FILES, "Exports", kit.file_input(ids.ANSWER, 5)),
            kit.field(
                DATES,
                "Only where dates read like 03/04/26",
                kit.select(ids.ANSWER, DAY_FIRST),
                optional=True,
            ),
        ],
        submit="Add",
        meta=meta,
    )


def escaped_code(text: str) -> str:
    """An ampersand and an arrow inside commands, as Slack wants them."""
    return text.replace("&", "&amp;").replace(">", "&gt;")


def reading() -> Payload:
    """While a file is read."""
    text = "I am reading it. This view changes by itself; you may also close it."
    return modal("reading", "Evidence", [kit.section("reading", text)])


def unread(text: str) -> Payload:
    """A file that cannot be used, and why."""
    sentence = f"{escaped(text, 1500)}\n\nNothing of it was stored."
    return modal("unread", "Evidence", [kit.section("unread", sentence)])


def added(kept: tuple[Kept, ...], confirmed: int, meta: str) -> Payload:
    """What was added, and how it goes on."""
    lines = [_told(each) for each in kept]
    if confirmed:
        lines.append(f"Taken over: {count(confirmed, 'confirmation')} of yours.")
    lines.append("`/meshfit evidence` shows what it would answer.")
    blocks = [kit.section("added", cut("\n".join(lines), 3000))]
    if any(isinstance(each, KeptExport) for each in kept):
        go = kit.button(ids.GO_THROUGH, "Go through them", "open", style="primary")
        blocks.append(kit.actions("do", go))
    return modal("added", "Evidence", blocks, meta=meta)


def _told(kept: Kept) -> str:
    if isinstance(kept, KeptLook):
        look, offered = kept.look, kept.look.offered
        return (
            f"*A look at a cluster of {on_day(look.seen)}:* {count(offered.services, 'service')} "
            f"{look.bound}, {count(offered.pods, 'running pod')}, "
            f"{count(len(look.findings), 'finding')}."
        )
    export = kept.summary
    return (
        f"*Incidents from {escaped(export.format, 60)}:* {export.counted} counted, "
        f"{on_day(export.first)} to {on_day(export.last)}."
    )


def taken_over(many: int, user: str) -> Payload:
    """Confirmations of a terminal, taken over by whoever handed them over."""
    text = f"{person(user)} confirmed {count(many, 'incident')} at a terminal; taken over."
    show = kit.button(ids.EVIDENCE_HERE, "What it would answer", "here")
    return message(kit.section("used", text), kit.actions("do", show))


def offer(kept: Kept) -> Payload:
    """A file that somebody dropped or sent, offered for use."""
    button = (
        kit.button(ids.USE_EVIDENCE, "Use as evidence", kept.id, style="primary")
        if isinstance(kept, KeptLook)
        else kit.button(ids.GO_THROUGH, "Use it and go through them", kept.id, style="primary")
    )
    return message(
        kit.section("read", f"{escaped(kept.name, 200)}\n{_told(kept)}"),
        kit.actions("do", button),
    )


def used(kept: Kept, user: str) -> Payload:
    """The offer, once somebody took it."""
    text = f"{_told(kept)}\nUsed as evidence by {person(user)}. No answer changed by that."
    show = kit.button(ids.EVIDENCE_HERE, "What it would answer", kept.id)
    return message(kit.section("used", text), kit.actions("do", show))
