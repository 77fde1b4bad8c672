"""One page with all that waits for a signature, and one confirmation for several."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts import fresh
from agreements import invitations, pages, rounds, sealing, signing, waiting
from agreements.forms_signing import SignForm, WaitingFilter
from agreements.lifecycle import parties_of
from agreements.models import Party, Pok
from agreements.views_signing import client_of, frame, proof_of, was_read
from bpv.core import clock
from bpv.core.access import require

AT_ONCE = 300


def to_sign(request: HttpRequest) -> HttpResponse:
    """What waits for this person: a student, somebody of a leerbedrijf, or the bpv-coördinator for the school."""
    user: Any = request.user
    if user.roles.is_staff:
        require(bool(user.roles.coordinator))
        return for_school(request)
    today = clock.today()
    found = invitations.to_sign(user, today)
    parties = sorted({_party(user, pok) for pok in found})
    companies = sorted({pok.placement.location.name for pok in found})
    form = SignForm(
        request.POST or None,
        parties=parties,
        companies=companies,
        several=True,
        initial=_known(user, found),
    )
    chosen = _chosen(request, found)
    if request.method == "POST" and form.is_valid():
        chosen = [(pok, sha256) for pok, sha256 in chosen if was_read(request, pok)]
        if chosen:
            return _sign(request, chosen, form, proof_of(request, Party.STUDENT))
        form.add_error(None, _("Kies minstens één POK die je gelezen hebt."))
    rows = _rows(request, found)
    context = {
        "rows": rows,
        "to_answer": waiting.to_answer(user, today),
        "form": form,
        "read_count": sum(row["was_read"] for row in rows),
        "is_company": Party.COMPANY in parties,
        **frame(request),
    }
    return render(request, "agreements/to_sign.html", context)


def _rows(request: HttpRequest, found: list[Pok]) -> list[dict[str, Any]]:
    """Each document with its pages; the first that was not read lies open."""
    unread = [pok for pok in found if not was_read(request, pok)]
    asked = request.GET.get("lees", "")
    opened = next((pok for pok in unread if str(pok.pk) == asked), unread[0] if unread else None)
    today, user = clock.today(), request.user
    return [
        {
            "pok": pok,
            "party": (party := _party(user, pok)),
            "is_company": party == Party.COMPANY,
            "was_read": pok not in unread,
            "is_open": pok == opened,
            "sheets": pages.sheets(pok.document),
            "lines": rounds.lines(pok, today, mine=party),
        }
        for pok in found
    ]


def _party(user: Any, pok: Pok) -> Party:
    return next(Party(signer.party) for signer in pok.signatories.all() if signer.user_id == user.pk)


def _known(user: Any, found: list[Pok]) -> dict[str, str]:
    """Who signs, as the school knows it."""
    signers = [signer for pok in found for signer in pok.signatories.all() if signer.user_id == user.pk]
    contact = next((signer.contact for signer in signers if signer.contact), None)
    return {
        "name": signers[0].name if signers else user.full_name,
        "function": contact.function if contact else "",
    }


def for_school(request: HttpRequest) -> HttpResponse:
    """The bpv-coördinator signs a selection with one fresh authentication; made by the school, so read before."""
    user: Any = request.user
    everything = waiting.for_school(user, clock.today())
    chooser = WaitingFilter(request.GET, groups=waiting.groups(everything))
    asked = {} if request.method == "POST" else chooser.wanted
    wanted = waiting.narrowed(everything, **asked)
    form = SignForm(request.POST or None, parties=[Party.SCHOOL], companies=[], initial={"name": user.full_name})
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request, waiting.for_list(everything.filter(pk__in=_numbers(request))))
        if chosen:
            proof = fresh.proof(request)
            return _sign(request, chosen, form, proof) if proof else fresh.ask(request)
        form.add_error(None, _("Kies minstens één POK."))
    poks = list(waiting.for_list(wanted)[:AT_ONCE])
    count = len(poks) if len(poks) < AT_ONCE else wanted.count()
    context = {
        "rows": [{"pok": pok, "lines": _others(pok)} for pok in poks],
        "form": form,
        "chooser": chooser,
        "count": count,
        "total": everything.count() if any(asked.values()) else count,
        "at_once": AT_ONCE,
        "all_chosen": "alles" in request.GET,
        "chosen": _numbers(request),
        "is_fresh": bool(fresh.proof(request)),
    }
    return render(request, "agreements/to_sign_school.html", context)


def _others(pok: Pok) -> list[rounds.Line]:
    """The parties but for the school."""
    found = rounds.lines(pok, clock.today())
    return [line for line, party in zip(found, parties_of(pok), strict=True) if party != Party.SCHOOL]


def _numbers(request: HttpRequest) -> set[int]:
    """The documents that were ticked."""
    return {int(value) for value in request.POST.getlist("sel")[:AT_ONCE] if value.isdecimal() and len(value) < 18}


def _chosen(request: HttpRequest, found: Any) -> list[tuple[Pok, str]]:
    """Those that were ticked, with the bytes that were shown."""
    numbers = _numbers(request)
    return [(pok, request.POST.get(f"sha256-{pok.pk}", "")) for pok in found if pok.pk in numbers]


def _sign(request: HttpRequest, chosen: list[tuple[Pok, str]], form: SignForm, proof: str) -> HttpResponse:
    """Each its own deed; says how many were signed and which were not, and why."""
    user: Any = request.user
    done, refused = signing.sign_several(chosen, by=user, proof=proof, client=client_of(request), **form.how)
    if done:
        said = ngettext("Je hebt %(count)s POK getekend.", "Je hebt %(count)s POK's getekend.", len(done))
        messages.success(request, said % {"count": len(done)})
    for pok, why in refused:
        messages.warning(request, _("%(number)s is niet getekend: %(why)s") % {"number": pok.number, "why": why})
    if not user.roles.is_staff and len(done) == 1 and not invitations.to_sign(user, clock.today()):
        return redirect("pok", pk=done[0].pk)
    return redirect("to_sign")


@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """What everybody signed and what has no seal after an hour, with what went wrong; it is tried again by itself."""
    user: Any = request.user
    require(bool(user.roles.coordinator))
    return render(request, "agreements/seals.html", {"poks": sealing.stuck(user, clock.now())[:AT_ONCE]})
