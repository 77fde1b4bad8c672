"""How far a document is. Computed from signatures and dates, never stored: what is shown is what is proven."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import THREE, Kind, Mode, Party, Pok, Signature


class State(TextChoices):
    """In the order of a life; REFUSED, LAPSED and WITHDRAWN are ways out."""

    CONCEPT = "concept", gettext_lazy("concept")
    OFFERED = "offered", gettext_lazy("ter ondertekening")
    REFUSED = "refused", gettext_lazy("geweigerd")
    LAPSED = "lapsed", gettext_lazy("verlopen")
    COMPLETE = "complete", gettext_lazy("getekend, wacht op verzegeling")
    SIGNED = "signed", gettext_lazy("getekend")
    SEALED = "sealed", gettext_lazy("verzegeld")
    FILED = "filed", gettext_lazy("in dossier")
    WITHDRAWN = "withdrawn", gettext_lazy("ingetrokken")


def parties_of(pok: Pok) -> tuple[Party, ...]:
    """Who must sign: three (POK-02), with the guardian when one was asked; nadere afspraken need no leerbedrijf."""
    three = (Party.STUDENT, Party.SCHOOL) if pok.kind == Kind.FURTHER else THREE
    asked = {signatory.party for signatory in pok.signatories.all()}
    return (*three, Party.GUARDIAN) if Party.GUARDIAN in asked else three


def signed_parties(pok: Pok) -> dict[str, Signature]:
    """Party -> signature."""
    return {signature.party: signature for signature in pok.signatures.all()}


def open_parties(pok: Pok) -> tuple[Party, ...]:
    """The parties that have not signed yet."""
    signed = signed_parties(pok)
    return tuple(party for party in parties_of(pok) if party not in signed)


def state_of(pok: Pok, today: date) -> State:
    """How far it is on a day. Reads `signatures` and `signatories`: prefetch both for a list."""
    if pok.withdrawn_on:
        return State.WITHDRAWN
    if pok.filed_on:
        return State.FILED
    if pok.sealed_at:
        return State.SEALED
    if pok.complete_at or not open_parties(pok):
        return State.SIGNED if pok.mode in ("", Mode.PAPER) else State.COMPLETE
    if pok.refused_at:
        return State.REFUSED
    if pok.lapses_on and pok.lapses_on < today and pok.mode != Mode.WINDOW:  # there silence agrees
        return State.LAPSED
    return State.OFFERED if pok.offered_at or pok.signatures.all() else State.CONCEPT


WHY_NOT = {
    State.CONCEPT: gettext_lazy("Deze POK is nog niet aangeboden."),
    State.REFUSED: gettext_lazy("Een van de partijen heeft geweigerd. Er komt eerst een nieuwe versie."),
    State.LAPSED: gettext_lazy("De termijn om te tekenen is voorbij. De school biedt de POK opnieuw aan."),
    State.COMPLETE: gettext_lazy("Iedereen heeft al getekend."),
    State.SIGNED: gettext_lazy("Iedereen heeft al getekend."),
    State.SEALED: gettext_lazy("Iedereen heeft al getekend."),
    State.FILED: gettext_lazy("Iedereen heeft al getekend."),
    State.WITHDRAWN: gettext_lazy("Deze POK is ingetrokken. Tekenen heeft geen zin meer."),
}


def require_state(pok: Pok, today: date, *wanted: State) -> None:
    """Raise ValidationError, in plain words, unless the document is in one of these states."""
    state = state_of(pok, today)
    if state not in wanted:
        said = WHY_NOT.get(state, gettext_lazy("Dat kan nu niet: deze POK is al aangeboden."))
        raise ValidationError(str(said), code=str(state))


def require_mode(pok: Pok, mode: Mode) -> None:
    """One way of signing per round, never mixed (POK-08)."""
    if pok.mode != mode:
        raise ValidationError(_("Deze POK wordt op een andere manier getekend."), code="mode")
