"""Reading and signing one document: the pages, the declaration, and the other ways out."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import fresh
from agreements import invitations, pages, returning, rounds, signing
from agreements.forms_signing import MistakeForm, OtherSignatoryForm, RefuseForm, SignForm
from agreements.lifecycle import WHY_NOT, State, state_of
from agreements.models import Mode, Party, Pok
from agreements.views import pok_of
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_student, is_supervisor, may_manage

READ = "read"  # in the session: sha256 of what this person read to the end


@require_safe
def pok_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture."""
    found = pok_of(request, pk)
    image = pages.picture(found.document, number) if found.document else None
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")


@require_POST
def pok_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader came to the end of the last page. Remembered in this session, and once in the chain of events."""
    found = party_page(request, pk)
    sha256 = request.POST.get("sha256", "")
    if found.document is None or found.document.sha256 != sha256:
        messages.warning(request, _("De tekst is intussen veranderd. Open de POK opnieuw en lees de nieuwe versie."))
        return redirect("to_sign")
    remember(request, found)
    user: Any = request.user
    unread = [pok for pok in invitations.to_sign(user, clock.today()) if not was_read(request, pok)]
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    following = f"?lees={unread[0].pk}#pok-{unread[0].pk}" if unread else "#tekenen"
    response = redirect("to_sign")
    response["Location"] += following
    return response


def pok_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the real pages and sign. What cannot be signed (any more) says why."""
    found = party_page(request, pk)
    user: Any = request.user
    party = signing.party_of(user, found)
    if found.mode == Mode.WINDOW:  # sent to be answered, not to be signed
        return redirect("pok_answer", pk=pk)
    if (why := why_not(found, user, party)) or party is None:
        if request.method == "POST" and has_signed(found, user):  # sent twice: it is done
            return redirect("pok", pk=found.pk)
        return render(request, "agreements/sign_closed.html", {"pok": found, "why": why, **frame(request)})
    form = sign_form(request, found, party)
    if request.method == "POST":
        answer = signed(request, found, party, form)
        if answer is not None:
            return answer
    signer = found.signatories.filter(party=party).first()
    context = {
        "pok": found,
        "form": form,
        "party": party,
        "signer": signer,
        "lines": rounds.lines(found, clock.today(), mine=party),
        "sheets": pages.sheets(found.document),
        "was_read": was_read(request, found),
        "others": len(invitations.to_sign(user, clock.today())) - 1,
        "is_company": party == Party.COMPANY,
        "is_school": party == Party.SCHOOL,
        **frame(request),
    }
    return render(request, "agreements/sign.html", context)


def signed(request: HttpRequest, found: Pok, party: Party, form: SignForm) -> HttpResponse | None:
    """Sign with what was sent; None when the page comes back with what is wrong."""
    user: Any = request.user
    if not form.is_valid():
        return None
    proof = proof_of(request, party)
    if not proof:
        return fresh.ask(request)
    sha256, client = request.POST.get("sha256", ""), client_of(request)

    def deed() -> None:
        signing.mark_read(pok=found, by=user, sha256=sha256, client=client)
        signing.sign(pok=found, by=user, sha256=sha256, proof=proof, client=client, **form.how)

    if not attempt(form, deed, {"signer": "name"}):  # clicked twice at the same moment: it is done
        return redirect("pok", pk=found.pk) if has_signed(found, user) else None
    messages.success(request, _("Je hebt %(number)s getekend.") % {"number": found.number})
    more = invitations.to_sign(user, clock.today())
    return redirect("to_sign") if more else redirect("pok", pk=found.pk)


def pok_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Not sign, with a reason."""
    return way_out(request, pk, RefuseForm(request.POST or None), "agreements/sign_refuse.html", signing.refuse)


def pok_mistake(request: HttpRequest, pk: int) -> HttpResponse:
    """The leerbedrijf says what is not right."""
    form = MistakeForm(request.POST or None)
    return way_out(request, pk, form, "agreements/sign_mistake.html", returning.report_mistake, Party.COMPANY)


def pok_other(request: HttpRequest, pk: int) -> HttpResponse:
    """The leerbedrijf says who signs instead."""
    form = OtherSignatoryForm(request.POST or None)
    return way_out(request, pk, form, "agreements/sign_other.html", returning.name_other, Party.COMPANY)


def way_out(
    request: HttpRequest, pk: int, form: Form, template: str, deed: Any, only: Party | None = None
) -> HttpResponse:
    """A small page with one form, for who may sign now."""
    found = party_page(request, pk)
    user: Any = request.user
    party = signing.party_of(user, found)
    if (why := why_not(found, user, party)) or party is None or (only and party != only):
        why = why or _("Dat kan alleen wie namens het leerbedrijf tekent.")
        return render(request, "agreements/sign_closed.html", {"pok": found, "why": why, **frame(request)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: deed(pok=found, by=user, client=client_of(request), **given)):
            messages.success(request, _("Je bericht is verstuurd. De school neemt contact op als dat nodig is."))
            return redirect("pok", pk=pk)
    return render(request, template, {"pok": found, "form": form, **frame(request)})


def party_page(request: HttpRequest, pk: int) -> Pok:
    """The POK, for who is or may become one of its signers; others who see it get 403."""
    found = pok_of(request, pk)
    user: Any = request.user
    placement = found.placement
    asked = found.signatories.filter(user=user).exists()
    require(asked or may_manage(user, placement) or is_student(user, placement) or is_supervisor(user, placement))
    return found


def why_not(found: Pok, user: Any, party: Party | None) -> str:
    """Why this person cannot sign now, in plain words; empty when it can be done."""
    state = state_of(found, clock.today())
    if state != State.OFFERED:
        return str(WHY_NOT[state])
    if found.mode != Mode.DIGITAL:
        return _("Deze POK wordt op een andere manier getekend.")
    if has_signed(found, user):
        return _("Je hebt deze POK al getekend.")
    return "" if party else _("Je bent niet degene die deze POK tekent.")


def has_signed(found: Pok, user: Any) -> bool:
    """Whether this person's signature is under it."""
    return bool(found.signatures.filter(recorded_by=user, signed_at__isnull=False).exists())


def sign_form(request: HttpRequest, found: Pok, party: Party) -> SignForm:
    """Filled in with what is known of the signer."""
    user: Any = request.user
    signer = found.signatories.filter(party=party, user=user).select_related("contact").first()
    contact = signer.contact if signer else None
    known = {
        "name": signer.name if signer else user.full_name,
        "function": contact.function if contact else "",
        "read": was_read(request, found),
    }
    company = found.placement.location.name
    return SignForm(request.POST or None, parties=[party], companies=[company], initial=known)


def proof_of(request: HttpRequest, party: Party) -> str:
    """How the signer is known: a link and a code, or for the school a password that was given a moment ago."""
    return fresh.proof(request) if party == Party.SCHOOL else "link_code"


def client_of(request: HttpRequest) -> dict[str, str]:
    """Network address and browser, for the evidence."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:300]
    return {"ip": get_adapter().get_client_ip(request) or "", "agent": agent}


def was_read(request: HttpRequest, found: Pok) -> bool:
    """Whether these bytes were read to the end in this session."""
    return found.document is not None and found.document.sha256 in request.session.get(READ, [])


def remember(request: HttpRequest, found: Pok) -> None:
    """These bytes were read to the end."""
    user: Any = request.user
    if found.document and not was_read(request, found):
        request.session[READ] = [*request.session.get(READ, []), found.document.sha256]
        signing.mark_read(pok=found, by=user, sha256=found.document.sha256, client=client_of(request))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Somebody from outside gets one task without a menu."""
    user: Any = request.user
    return {"frame": "base.html" if user.roles.is_staff else "base_task.html"}
