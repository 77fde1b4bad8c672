"""A round of signing as its readers see it: each party, what happened, what stands beside it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.lifecycle import State, parties_of, signed_parties, state_of
from agreements.models import Method, Mode, Party, Pok, Signatory, Signature
from bpv.core.templatetags.bpv import nl_date, nl_moment

# State of a document -> (shape, whether it is a way out)
SHAPES = {
    State.CONCEPT: "coming",
    State.OFFERED: "soon",
    State.REFUSED: "missed",
    State.LAPSED: "missed",
    State.COMPLETE: "soon",
    State.SIGNED: "done",
    State.SEALED: "done",
    State.FILED: "done",
    State.WITHDRAWN: "na",
}
EVENTS = {
    "offered": gettext_lazy("Aangeboden om te tekenen"),
    "invited": gettext_lazy("Uitgenodigd: %(party)s"),
    "reminded": gettext_lazy("Herinnerd: %(party)s"),
    "read": gettext_lazy("Gelezen tot en met de laatste bladzijde: %(party)s"),
    "signed": gettext_lazy("Getekend: %(party)s"),
    "refused": gettext_lazy("Geweigerd: %(party)s"),
    "remark_mistake": gettext_lazy("Het leerbedrijf meldde een fout in de gegevens"),
    "remark_other": gettext_lazy("Het leerbedrijf noemde iemand anders om te tekenen"),
    "remark_settled": gettext_lazy("De school reageerde op wat het leerbedrijf meldde"),
    "confirmed": gettext_lazy("Akkoord gegeven: %(party)s"),
    "objected": gettext_lazy("Bezwaar gemaakt: %(party)s"),
    "window_closed": gettext_lazy("De termijn om te reageren is voorbij, de wijziging is definitief"),
    "signatory_changed": gettext_lazy("Iemand anders tekent namens het leerbedrijf"),
    "complete": gettext_lazy("Iedereen heeft getekend"),
    "sealed": gettext_lazy("Verzegeld door de school"),
    "lapsed": gettext_lazy("De termijn om te tekenen is voorbij"),
    "withdrawn": gettext_lazy("Ingetrokken"),
}
# The same of a change that was sent: nobody signs it
SENT_EVENTS = {
    "offered": gettext_lazy("Toegestuurd"),
    "complete": gettext_lazy("De wijziging is definitief"),
}
SENT_STATES = {
    State.OFFERED: gettext_lazy("toegestuurd"),
    State.COMPLETE: gettext_lazy("definitief, wacht op verzegeling"),
}
METHODS = {
    Method.DIGITAL: gettext_lazy("elektronisch ondertekend"),
    Method.PAPER: gettext_lazy("op papier, origineel ontvangen"),
    Method.IMPORTED: gettext_lazy("overgenomen uit de administratie"),
    Method.CONFIRMED: gettext_lazy("akkoord gegeven"),
}


@dataclass(frozen=True)
class Line:
    """One party: shape, who, what is known of it, and what it comes to in a few words."""

    state: str
    party: str
    who: str
    note: str
    word: str
    mine: bool = False
    again: int | None = None  # the signatory that can be invited once more


@dataclass(frozen=True)
class Happened:
    """One event of the chain in words."""

    at: Any
    text: str
    note: str = ""


def lines(pok: Pok, today: date, *, mine: Party | None = None, notes: bool = False) -> list[Line]:
    """Each party as it stands; true, from signatures and mails that were written. `notes`: also when it was asked."""
    signed, asked = signed_parties(pok), {signer.party: signer for signer in pok.signatories.all()}
    state = state_of(pok, today)
    found = [_line(pok, party, state, signed.get(party), asked.get(party), mine) for party in parties_of(pok)]
    return [line if notes or line.state != "soon" else replace(line, note="", again=None) for line in found]


def _line(
    pok: Pok, party: Party, state: State, signature: Signature | None, asked: Signatory | None, mine: Party | None
) -> Line:
    label = str(party.label).capitalize()
    if signature:
        who = ", ".join(part for part in (signature.signer, signature.function) if part)
        how = str(METHODS[Method(signature.method)])
        word = nl_date(signature.signed_on)
        return Line("na" if pok.withdrawn_on else "done", label, who, how, word, party == mine)
    who = asked.name if asked and asked.name else _who(pok, party)
    if pok.refused_at and pok.refused_party == party:
        return Line(
            "missed", label, who, pok.refused_reason, _("geweigerd op %(day)s") % {"day": nl_date(pok.refused_at)}
        )
    if state != State.OFFERED:
        return Line("coming", label, who, "", _("niet getekend") if asked else _("nog niet gevraagd"))
    if party == mine:
        return Line("soon", label, who, "", _("nu aan de beurt"), True)
    again = asked.pk if asked and asked.user_id and asked.invited_at else None
    word = _("nog geen antwoord") if pok.mode == Mode.WINDOW else _("nog niet getekend")
    return Line("soon", label, who, _asked(asked), word, again=again)


def _who(pok: Pok, party: Party) -> str:
    if party == Party.SCHOOL:
        return str(settings.SCHOOL_NAME)
    return pok.placement.student.full_name if party == Party.STUDENT else pok.placement.location.name


def _asked(signer: Signatory | None) -> str:
    """When this party was asked, reminded, and opened it."""
    if signer is None or signer.user_id is None:
        return ""
    said = []
    if signer.invited_at:
        said.append(_("uitgenodigd %(moment)s") % {"moment": nl_moment(signer.invited_at)})
    else:
        said.append(_("de uitnodiging gaat zo weg"))
    if signer.reminded_on:
        said.append(_("herinnerd %(day)s") % {"day": nl_date(signer.reminded_on, "short")})
    said.append(
        _("gelezen %(moment)s") % {"moment": nl_moment(signer.opened_at)} if signer.opened_at else _("nog niet gelezen")
    )
    return " · ".join(said)


def happened(pok: Pok) -> list[Happened]:
    """The chain in words, the newest first."""
    found = []
    events = EVENTS | SENT_EVENTS if pok.mode == Mode.WINDOW else EVENTS
    for event in pok.events.order_by("-number"):
        if event.event in events:
            party = str(Party(event.party).label) if event.party else ""
            note = event.data.get("mail") or event.data.get("reason") or event.data.get("name") or ""
            found.append(Happened(event.at, str(events[event.event]) % {"party": party}, str(note)))
    return found


def versions(pok: Pok, user: Any) -> list[Pok]:
    """The other versions, the newest first."""
    found = Pok.objects.visible_to(user).filter(number=pok.number).exclude(pk=pok.pk)
    return list(found.order_by("-version"))


def attached(pok: Pok, user: Any, today: date) -> list[tuple[Pok, str, str]]:
    """The documents that belong to it: (document, shape, word)."""
    found = Pok.objects.visible_to(user).filter(belongs_to=pok).order_by("made_at", "pk")
    states = [(one, state_of(one, today)) for one in found.prefetch_related("signatures", "signatories")]
    return [(one, SHAPES[state], word_of(one, state)) for one, state in states]


def word_of(pok: Pok, state: State) -> str:
    """The state in words; a change that was sent is never called signed."""
    return str(SENT_STATES.get(state, state.label) if pok.mode == Mode.WINDOW else state.label)
