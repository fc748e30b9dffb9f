"""What the columns of a spreadsheet are headed with, in each language that is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

ENGLISH: Mapping[str, str] = {
    "id": r"issue key|number|incident( (id|number|key))?|id|key|ref(erence)?|ticket|#",
    "title": r"summary|title|short.?description|name|what( happened)?|incident|description|subject",
    "text": r"description|details|notes?|root ?cause|cause|post.?mortem|body|close.?notes"
    r"|comments?",
    "start": r"opened(.?at)?|created(.?at)?|started?(.?at)?|start( ?(time|date))?|when|date|begin"
    r"|reported(.?at)?|from|time",
    "end": r"resolved(.?at)?|closed(.?at)?|ended?(.?at)?|end( ?(time|date))?|fixed(.?at)?|until|to"
    r"|resolution ?date",
    "lasted": r"how long|duration|lasted|calendar.?duration|length|outage|downtime|minutes"
    r"|seconds.?to.?resolve",
    "effort": r"hours all in|effort( ?h(ours)?)?|person.?hours|people.?hours|total hours"
    r"|work ?hours|man.?hours|time spent|user.?defined.?effort.?seconds|engaged.?seconds",
    "people": r"people|head.?count|responders|engaged.?user.?count|who was on it|staff|team size",
    "severity": r"severity|priority|impact|urgency|sev|priority.?name",
    "service": r"component/?s|components?|service|cmdb.?ci|business.?service|where|system|area"
    r"|service.?name",
    "state": r"resolution|state ?reason|close.?code|status|state|type|kind|labels?|mode|category",
}
GERMAN: Mapping[str, str] = {
    "id": r"(lfd\.? ?)?nr\.?|nummer|(vorfall|vorgang|ticket|stoe?rung)s?-?(nr\.?|nummer|id)"
    r"|kennung|ticket|id|#",
    "title": r"titel|kurzbeschreibung|bezeichnung|zusammenfassung|betreff|vorfall|stoe?rung"
    r"|ereignis|was( ist)? passiert|beschreibung",
    "text": r"beschreibung|ursache|details|bemerkung(en)?|anmerkung(en)?|notiz(en)?|kommentare?",
    "start": r"beginn|begonnen( am)?|anfang|start(zeit|datum)?|eroe?ffnet( am)?|gemeldet( am)?"
    r"|erstellt( am)?|von|datum|wann",
    "end": r"ende|beendet( am)?|behoben( am)?|geloe?st( am)?|geschlossen( am)?|bis"
    r"|end(e?zeit|e?datum)",
    "lasted": r"dauer|ausfall(zeit|dauer)?|wie lange|minuten",
    "effort": r"(gesamt)?aufwand|personen-?stunden|arbeits(stunden|zeit|aufwand)|stunden gesamt",
    "people": r"personen|(anzahl|zahl der) (personen|beteiligten?)|personen(an)?zahl|beteiligte"
    r"|koe?pfe|leute|mitarbeiter(innen)?",
    "severity": r"schwere(grad)?|prioritae?t|dringlichkeit|auswirkung",
    "service": r"dienst|komponenten?|anwendung|system|bereich|wo",
    "state": r"status|zustand|art|typ|kategorie",
}
FRENCH: Mapping[str, str] = {
    "id": r"n[°o]|numero|ref(\.|erence)?|identifiant|ticket|id|#",
    "title": r"titre|intitule|resume|objet|sujet|libelle|incident|panne|description",
    "text": r"description|cause( racine)?|details?|remarques?|notes?|commentaires?",
    "start": r"debut|date (de|du) debut|debute( le)?|ouvert(e|ure)?( le)?"
    r"|creee?( le)?|signalee?( le)?|date|quand",
    "end": r"fin|date de fin|resolue?( le)?|fermee?( le)?|cloturee?( le)?"
    r"|date de resolution",
    "lasted": r"duree|interruption|indisponibilite|minutes",
    "effort": r"(heures?|h)[- ](personnes?|hommes?)|heures totales|total heures|effort"
    r"|temps passe",
    "people": r"(nombre de |nb\.? )?(personnes|intervenants|participants)|effectif",
    "severity": r"gravite|severite|priorite|urgence|impact",
    "service": r"service|composants?|systeme|application|domaine|ou",
    "state": r"etat|statut|type|nature|categorie",
}
"""What a column holds → the headings that mean it in a language, the likelier first; no accents."""
LANGUAGES = (ENGLISH, GERMAN, FRENCH)
IN_SECONDS = re.compile(r"time spent|seconds", re.IGNORECASE)
"""Headings of tools that count in seconds."""
_UNITS = {
    3600: r"h|hours?|hrs?|std\.?|stunden|heures?",
    60: r"m|mins?\.?|minutes?|minuten",
    1: r"s|secs?\.?|seconds?|sek\.?|sekunden|secondes?",
}
_NAMED = {
    seconds: re.compile(rf"(.*\w)\s*(?:[(\[]\s*|,\s*|\s(?:in|en)\s+)(?:{names})\s*[)\]]?", re.I)
    for seconds, names in _UNITS.items()
}
"""A heading that ends in its unit: "Dauer (h)", "Aufwand in Stunden"."""


def columns_of(headings: Iterable[str]) -> dict[str, str]:
    """What each column holds; a column holds one thing.

    The language that knows most of the headings is asked first: a German "Name" is no title.
    """
    free = list(headings)
    asked = sorted(LANGUAGES, key=lambda one: -sum(_knows(one, each) for each in free))
    columns = dict[str, str]()
    for what in ("start", "end", "lasted", "effort", "people", "id", "title", "text", "severity",
                 "service", "state"):  # fmt: skip
        patterns = [each for language in asked for each in _patterns(language[what])]
        named = (each for pattern in patterns for each in free if pattern.fullmatch(bare(each)))
        heading = next(named, None)
        if heading is not None:
            columns[what] = heading
            free.remove(heading)
    return columns


def unit_of(heading: str) -> int | None:
    """Seconds of the unit that a heading names; None where it names none."""
    named = (seconds for seconds, each in _NAMED.items() if each.fullmatch(heading.strip()))
    return next(named, 1 if IN_SECONDS.search(heading) else None)


def bare(heading: str) -> str:
    """A heading without its unit and its accents."""
    apart = unicodedata.normalize("NFKD", heading.strip())
    stripped = "".join(each for each in apart if not unicodedata.combining(each))
    found = (each.fullmatch(stripped) for each in _NAMED.values())
    return next((each[1].strip() for each in found if each), stripped)


def _knows(language: Mapping[str, str], heading: str) -> bool:
    return any(re.fullmatch(each, bare(heading), re.IGNORECASE) for each in language.values())


def _patterns(headings: str) -> Iterable[re.Pattern[str]]:
    """Each of the headings, in their order; bars inside brackets belong to one."""
    parts = re.split(r"\|(?![^(]*\))", headings)
    return [re.compile(part, re.IGNORECASE) for part in parts]
