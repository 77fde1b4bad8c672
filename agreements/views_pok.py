"""One POK as it stands, and what the bpv-coördinator does with its round of signing."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements import ending, invitations, pages, readiness, returning, rounds, signing
from agreements.forms_signing import OfferForm, SettleForm
from agreements.lifecycle import State, open_parties, state_of
from agreements.models import Kind, Mode, Party, Pok, Remark
from agreements.views import managed, pok_of
from bpv.core import clock, documents
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_manage, may_see_all
from placements.models import State as PlacementState


class Next(NamedTuple):
    """The one primary button: a verb and where it goes."""

    label: str
    url: str


def pok(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is: each party, what waits, what one can do now, what happened, other versions."""
    found = pok_of(request, pk)
    user: Any = request.user
    today = clock.today()
    state = state_of(found, today)
    manages, sees_all = may_manage(user, found.placement), may_see_all(user, found.placement)
    is_on_paper = state == State.OFFERED and found.mode in ("", Mode.PAPER)
    mine = signing.party_of(user, found) if state == State.OFFERED and not is_on_paper else None
    context = {
        "pok": found,
        "state": state,
        "state_word": rounds.word_of(found, state),
        "shape": rounds.SHAPES[state],
        "stuck": state == State.COMPLETE and found.seal_error and manages,
        "is_on_paper": is_on_paper,
        "says": says(found, state),
        "lines": rounds.lines(found, today, mine=mine, notes=sees_all),
        "next": next_of(found, user, state) if found.is_live else None,
        "may_manage": manages,
        "may_withdraw": manages
        and not found.placement.closed_at
        and found.kind != Kind.ENDING
        and state in (State.CONCEPT, State.OFFERED, State.REFUSED, State.LAPSED),
        "remarks": list(found.remarks.filter(settled_at=None).select_related("by")) if manages else [],
        "answered": list(found.remarks.exclude(settled_at=None)) if manages else [],
        "happened": rounds.happened(found) if sees_all else [],
        "versions": rounds.versions(found, user),
        "attached": rounds.attached(found, user, today),
        "sheets": pages.sheets(found.document),
        "later": later(found, state) if manages and found.is_live else [],
        "back": back_of(found, user),
    }
    return render(request, "agreements/pok.html", context)


def says(found: Pok, state: State) -> str:
    """What the state comes to, in one sentence."""
    left = ", ".join(str(party.label) for party in open_parties(found))
    match state:
        case State.CONCEPT if found.kind == Kind.ENDING:
            return _("Student en leerbedrijf krijgen een kopie per mail. Tekenen kan, maar hoeft niet.")
        case State.CONCEPT:
            return _("De POK is gemaakt. Nog niemand is gevraagd om te tekenen.")
        case State.OFFERED if found.mode == Mode.PAPER:
            return _("Wordt op papier getekend. Alleen het gecontroleerde origineel telt.")
        case State.OFFERED if found.mode == Mode.WINDOW:
            return _("Toegestuurd. Wie niet reageert, is akkoord na de laatste dag.")
        case State.OFFERED:
            return _("Wacht op: %(parties)s.") % {"parties": left}
        case State.REFUSED:
            return _("Een partij heeft geweigerd. Er is een nieuwe versie nodig.")
        case State.LAPSED:
            return _("Niet iedereen tekende op tijd. Er is een nieuwe versie nodig.")
        case State.COMPLETE if found.mode == Mode.WINDOW:
            return _("Niemand maakte bezwaar. De school verzegelt het document binnen enkele minuten.")
        case State.SEALED | State.FILED if found.sealed_at and found.mode == Mode.WINDOW:
            return _("Toegestuurd, zonder bezwaar, en verzegeld door de school.")
        case State.COMPLETE:
            return _("Iedereen heeft getekend. De school verzegelt de POK binnen enkele minuten.")
        case State.SIGNED:
            return _("Iedereen heeft getekend. De POK moet nog in het dossier.")
        case State.SEALED | State.FILED if found.sealed_at:
            return _("Elektronisch ondertekend, verzegeld door de school.")
        case _:
            return ""


def next_of(found: Pok, user: Any, state: State) -> Next | None:
    """What this person does next, if anything."""
    party = signing.party_of(user, found) if state == State.OFFERED else None
    if party and found.mode == Mode.WINDOW and party != Party.SCHOOL:
        return Next(_("Lezen en antwoorden"), reverse("pok_answer", args=[found.pk]))
    if party and found.mode == Mode.DIGITAL:
        label = _("Tekenen namens de school") if party == Party.SCHOOL else _("Lezen en tekenen")
        return Next(label, reverse("pok_sign", args=[found.pk]))
    is_closed = found.placement.closed_at and state != State.SIGNED  # what was signed still goes into its own dossier
    if is_closed or not may_manage(user, found.placement):
        return None
    match state:
        case State.CONCEPT:
            return Next(_("Laten tekenen"), reverse("pok_offer", args=[found.pk]))
        case State.REFUSED | State.LAPSED if found.kind == Kind.ENDING:
            return Next(_("Opnieuw laten tekenen"), reverse("pok_end_again", args=[found.pk]))
        case State.REFUSED | State.LAPSED:
            return Next(_("Nieuwe versie maken"), new_version(found))
        case State.SIGNED:
            return Next(_("In dossier zetten"), reverse("pok_file", args=[found.pk]))
        case _:
            return None


def later(found: Pok, state: State) -> list[Next]:
    """What can follow on a document, for the bpv-coördinator: on a POK that everybody signed, on every ending."""
    if found.kind == Kind.ENDING:
        return [Next(label, reverse(name, args=[found.pk])) for name, label in after_ending(found)]
    if not found.is_main or state not in (State.SIGNED, State.COMPLETE, State.SEALED, State.FILED):
        return []
    if found.placement.state != PlacementState.PLANNED or found.placement.closed_at:
        return []
    ways = [Next(_("Wijziging doorgeven"), reverse("pok_questions", args=[found.placement.number]))]
    if found.sealed_at:
        ways.append(Next(_("Fout in de tekst herstellen"), reverse("pok_rectification", args=[found.pk])))
    return [*ways, Next(_("Tussentijds beëindigen"), reverse("pok_end", args=[found.pk]))]


def after_ending(found: Pok) -> list[tuple[str, str]]:
    """What is still to be done: SBB (S6.4-b), nadere afspraken when the student is to blame (BBL-06).

    In a closed dossier only the first (S8-d).
    """
    todo = []
    about = found.ending
    if ending.needs_sbb(about):
        todo.append(("pok_sbb", _("Vastleggen dat SBB is ingelicht")))
    if about.culpable and not found.placement.closed_at and not ending.has_further(about):
        todo.append(("pok_further", _("Nadere afspraken maken")))
    return todo


def new_version(found: Pok) -> str:
    """Where a new version begins: this one is withdrawn first, with the reason that everybody reads."""
    return reverse("pok_withdraw", args=[found.pk]) + "?nieuw=1"


def back_of(found: Pok, user: Any) -> Next:
    """The dossier, for who may see it; the first page for others."""
    placement = found.placement
    if may_see_all(user, placement) or user.pk in (placement.student.user_id, _user_of(placement.supervisor)):
        return Next(placement.student.full_name, reverse("dossier", args=[placement.number]))
    if user.roles.only_administration:
        return Next(_("POK's"), reverse("administration"))
    return Next(_("Vandaag"), reverse("today"))


def _user_of(contact: Any) -> int | None:
    return contact.user_id if contact else None


def pok_sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed bytes, with the evidence."""
    found = pok_of(request, pk)
    if found.sealed is None:
        raise Http404
    response = HttpResponse(documents.read(found.sealed), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.sealed.filename}"'
    return response


def pok_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it signed: digitally or on paper, and by whom for the leerbedrijf."""
    found = managed(request, pk)
    today = clock.today()
    form = OfferForm(request.POST or None, pok=found, today=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        how = {"contact": given["contact"], "parents_informed_on": given.get("parents_informed_on")}
        mode = Mode(given["mode"])
        if attempt(form, lambda: signing.offer(pok=found, by=request.user, mode=mode, today=today, **how)):
            said = _("De POK wordt op papier getekend.")
            if mode == Mode.DIGITAL:
                said = _("De POK is aangeboden. De uitnodigingen gaan binnen een minuut weg.")
            messages.success(request, said)
            return redirect("pok", pk=pk)
    gaps = readiness.gaps(found.placement, today, found)
    asked = [gap for gap in gaps if gap.blocks or gap.url_name != "pok_supplement"]  # the form asks the rest itself
    context = {
        "pok": found,
        "form": form,
        "gaps": [(gap, gap.url(request.path)) for gap in asked],
        "is_blocked": any(gap.blocks for gap in gaps),
        "location": found.placement.location,
        "is_open": state_of(found, today) == State.CONCEPT,
        "cosign": settings.MINORS == "cosign",
    }
    return render(request, "agreements/pok_offer.html", context)


@require_POST
def pok_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new invitation, with a new link, to one party."""
    found = managed(request, pk)
    value = request.POST.get("signer", "")
    signer = get_object_or_404(found.signatories.all(), pk=value if value.isdecimal() and len(value) < 18 else 0)
    try:
        invitations.invite_again(signer=signer, by=request.user)  # type: ignore[arg-type]
        words = {"name": signer.name, "party": Party(signer.party).label}
        messages.success(request, _("%(name)s (%(party)s) krijgt binnen een minuut een nieuwe link.") % words)
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
    return redirect("pok", pk=pk)


def pok_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what the leerbedrijf sent back."""
    remark = get_object_or_404(Remark.objects.visible_to(request.user).select_related("pok__placement", "by"), pk=pk)
    found = pok_of(request, remark.pok_id)
    require(may_manage(request.user, found.placement))
    form = SettleForm(request.POST or None, remark=remark)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        if attempt(form, lambda: returning.settle(remark=remark, by=user, **form.deed)):
            messages.success(request, _("Het leerbedrijf krijgt je reactie per mail."))
            new = form.deed["accepted"] and remark.kind != Remark.Kind.OTHER_SIGNATORY
            return redirect(new_version(found) if new else reverse("pok", args=[found.pk]))
    context = {"pok": found, "remark": remark, "form": form, "names_other": remark.kind == Remark.Kind.OTHER_SIGNATORY}
    return render(request, "agreements/pok_remark.html", context)
