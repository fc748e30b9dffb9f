"""Short notices: help, refusals, what to do when something did not work."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import ids, kit
from bot.blocks.pages import ALREADY
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import core_count, cut, escaped, minutes, or_pages, person
from bot.domain.pack import Pack
from bot.errors import Meanwhile

FIRST = (
    ("assess", "answer {core}{there}, get a recommendation; private until you share it"),
    ("ask …", "ask anything about adopting a mesh"),
    ("whatif", "what would change this channel's outcome"),
    ("pilot", "the five steps of a pilot, as a checklist"),
    ("why", "the rule that decided, its reasons and sources"),
)
MORE = (
    ("", "this channel's card: is it still true?"),
    ("faq", "questions by topic"),
    ("tax", "the calculator of hours alone"),
    ("evidence", "a look at your cluster, your incidents: counted instead of guessed"),
    ("estimate", "what a mesh may cost here, in ranges, before a pilot"),
    ("sources", "what the current advice rests on, and where sources disagree"),
    ("measure", "figures or load-test results for the pilot"),
    ("drills", "the pilot's drills: what to do, what to watch"),
    ("verdict", "every budget of the pilot against what was measured"),
    ("rollout", "the stages after the pilot, by policy scope"),
    ("howto", "queries and commands, filled in with your names"),
    ("record", "the decision as a Markdown file in the card's thread"),
    ("report", "the decision and its pilot as a page for a review"),
    ("history", "earlier assessments of this channel"),
    ("assess new", "close the open assessment and start afresh"),
    ("delete", "delete what is mine here, everything about me, or an assessment I started"),
    ("questions-missed", "for the pack's owners: what was asked and not answered"),
    ("help", "this list"),
)


WORDS = tuple(said.split()[0] for said, _ in (*FIRST, *MORE) if said)
"""The words after the command."""


def help_text(pack: Pack) -> Payload:
    """Five commands first, the rest under "more"."""
    return message(
        kit.section(
            "help",
            "*meshfit helps you decide whether to add a service mesh, or to keep the one you run.*",
        ),
        kit.section("first", _listed(FIRST).format(core=core_count(pack), there=or_pages(pack))),
        kit.section("more", "*More*\n" + _listed(MORE)),
        kit.context(
            "foot",
            "In a thread, mention me with a question. On any message: More actions → Ask meshfit "
            "about this. Or write to me directly.",
        ),
        kit.actions(
            "do",
            kit.button(ids.START, "Start", style="primary"),
            kit.button(ids.START_THERE, ALREADY),
        ),
    )


def _listed(commands: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"`{f'/meshfit {words}'.strip()}` {what}" for words, what in commands)


def unknown(word: str, nearest: str | None) -> Payload:
    """A word that is no command, with the one that was probably meant."""
    said = [f"I don't know `{escaped(word, 40)}`."]
    if nearest:
        said.append(f"Did you mean `/meshfit {nearest}`?")
    if nearest != "help":
        said.append("`/meshfit help` lists what I can do.")
    return message(kit.section("unknown", " ".join(said)))


STILL = "This takes longer than usual. I am still working on it; the answer comes here."
INTERRUPTED = (
    "I was interrupted after I had read this. What I kept stands on the pilot's checklist or under "
    "/meshfit evidence; what is missing there, give me once more."
)
SAVED = "It is saved. You can close this."


def plain(text: str) -> Payload:
    """One sentence or two."""
    return message(kit.section("notice", cut(text, 3000)))


def barred(channel: str, why: str) -> Payload:
    """I may not post in a channel, by Slack's name for the reason; what to do."""
    where = f"<#{channel}>"
    if why == "is_archived":
        return plain(
            f"{where} is archived, so nobody can post there. Unarchive it, then try again with "
            "`/meshfit`; or type `/meshfit assess` in another channel. Nothing is lost."
        )
    if why.startswith("restricted_action"):
        return plain(
            f"In {where} only some may post, and I am not among them. Ask whoever manages it to "
            "let meshfit post, then try again with `/meshfit`. Nothing is lost."
        )
    return plain(
        f"I'm not in {where}, so I can't post there. Type `/invite @meshfit` there, then try again "
        "with `/meshfit`. Nothing is lost."
    )


def trouble(reference: str) -> str:
    """Something failed that nobody foresaw."""
    return (
        f"Sorry, that did not work, and it is my fault. What you had saved is safe. Try again; if "
        f"it fails twice, tell whoever runs meshfit the reference {reference}."
    )


def meanwhile(changes: Iterable[Meanwhile]) -> Payload:
    """What others saved while a form was open that would undo it; what was typed is kept."""
    lines = ["*Somebody else saved this while your form was open, so nothing of yours was saved:*"]
    for each in changes:
        by = f" ({person(each.by)})" if each.by else ""
        now = person(each.named) if each.named else escaped(each.now, 300)
        lines.append(f"• {escaped(each.what, 150)}{f': now {now}' if now else ''}{by}")
    lines.append(
        "What you typed is still in your form, beneath this. To say otherwise than they did, close "
        "it and open it anew."
    )
    return message(kit.section("meanwhile", cut("\n".join(lines), 3000)))


def view(text: str) -> Payload:
    """A notice on top of a modal, so that what was typed stays beneath it."""
    return modal("notice_view", "meshfit", [kit.section("notice", text)], close="Back")


def thanked() -> Payload:
    """For thanks."""
    return plain("You're welcome. Ask me anything else about adopting a service mesh.")


def greeting(pack: Pack) -> Payload:
    """For a hello, or a message that asks nothing."""
    return message(
        kit.section(
            "hello",
            "*Hello.* Ask me anything about adopting a service mesh, in your own words. Or start "
            f"the checklist: {core_count(pack)}, {minutes(pack)}, and only you see the result.",
        ),
        kit.actions(
            "do",
            kit.button(ids.START, "Start", style="primary"),
            kit.button(ids.START_THERE, ALREADY),
            kit.button(ids.EXAMPLE, "See an example"),
        ),
    )
