"""Short notices: help, refusals, what to do when something did not work."""

from __future__ import annotations

from collections.abc import Iterable

from bot.blocks import ids, kit
from bot.blocks.pages import ALREADY
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import core_count, cut, escaped, minutes, or_pages, person
from bot.domain.pack import Pack
from bot.domain.words import listed
from bot.errors import Meanwhile, NotYours

MOST_NAMED = 5
"""People whom one sentence names."""
FIRST = (
    ("assess", "answer {core}{there}, get a recommendation; private until you share it"),
    ("ask …", "ask anything about adopting a mesh"),
    ("whatif", "what would change this channel's outcome"),
    ("pilot", "the five steps of a pilot, as a checklist"),
    ("why", "the rule that decided, its reasons and sources"),
)
MORE = (
    ("", "this channel's card: is it still true?"),
    ("round", "ask several people for their own answers, unseen by each other until it closes"),
    ("faq", "questions by topic"),
    ("tax", "the calculator of hours alone"),
    ("actions", "what to do: who does it, by when, what is late"),
    ("dates", "what has a date here, and whether I remind you of it"),
    ("evidence", "a look at your cluster, your incidents: counted instead of guessed"),
    ("estimate", "what a mesh may cost here, in ranges, before a pilot"),
    ("sources", "what the current advice rests on, and where sources disagree"),
    ("measure", "figures or load-test results for the pilot"),
    ("drills", "the pilot's drills: what to do, what to watch"),
    ("verdict", "every budget of the pilot against what was measured"),
    ("rollout", "the stages after the pilot, by policy scope"),
    ("howto", "queries and commands, filled in with your names"),
    ("record", "the decision as a Markdown file in the card's thread"),
    ("summary", "the decision in a few sentences for a manager, to copy or to post"),
    ("report", "the decision and its pilot as a page for a review"),
    ("history", "earlier assessments of this channel"),
    ("changes DATE", "what changed since a day, or between two: answers, outcome, rule, hours"),
    ("assess new", "close the open assessment and start afresh"),
    ("delete", "delete what is mine here, everything about me, or an assessment if I may"),
    ("teams", "for leads: where the teams stand that show it, as a table and a file"),
    ("platform", "for leads: one decision for all, from what chosen teams answered"),
    ("leads", "whether the leads of the workspace see this channel's card"),
    (
        "settings",
        "leads, digest, trackers, working hours, limits; for leads and the installer",
    ),
    ("questions-missed", "for the pack's owners: what was asked and not answered"),
    ("help", "this list"),
)


WORDS = tuple(command.split()[0] for command, _ in (*FIRST, *MORE) if command)
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
    sentences = [f"I don't know `{escaped(word, 40)}`."]
    if nearest:
        sentences.append(f"Did you mean `/meshfit {nearest}`?")
    if nearest != "help":
        sentences.append("`/meshfit help` lists what I can do.")
    return message(kit.section("unknown", " ".join(sentences)))


STILL = "This takes longer than usual. I am still working on it; the answer comes here."
INTERRUPTED = (
    "I was interrupted after I had read this. What I kept stands on the pilot's checklist or under "
    "/meshfit evidence; what is missing there, give me once more."
)
DONE_UNSEEN = (
    "I was interrupted after I had done what you asked, before I could show it. It is saved; "
    "`/meshfit` shows what stands."
)
NOT_DONE = (
    "I was interrupted while I worked on what you asked, so it was not done. Ask, press or save it "
    "once more."
)
SAVED = "It is saved. You can close this."
SAVING = "This was sent twice, and the first is being saved. Look before you send it again."


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
        f"I'm not in {where}, so I can't put that there. Type `/invite @meshfit` there, then try "
        "again with `/meshfit`. Nothing is lost."
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


def not_yours(refused: NotYours) -> Payload:
    """Who may do what somebody may not, in one sentence."""
    named = [f"{person(user)} ({escaped(why, 80)})" for user, why in refused.people[:MOST_NAMED]]
    left = len(refused.people) - len(named)
    more = [f"{left} more"] if left > 0 else []
    role = "; whoever takes a role of the pilot, under *Owners*, may too" * refused.takes_a_role
    who = listed([*named, *more]) if named else "a lead, and whoever runs me can name one"
    return plain(f"{escaped(refused.what)} is for {who}{role}.")


def view(text: str) -> Payload:
    """A notice on top of a modal, so that what was typed stays beneath it."""
    return modal("notice_view", "meshfit", [kit.section("notice", text)], close="Back")


def words_in(shown: Payload) -> str:
    """What a notice says that somebody should hear who closed it; empty of any other view."""
    if shown["callback_id"] != "notice_view":
        return ""
    text = str(shown["blocks"][0]["text"]["text"])
    return "" if text in (SAVED, STILL) else text


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
