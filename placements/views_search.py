"""The page of one search for a place, and the deeds on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bpv.core import clock, documents
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from placements import searching, without_place
from placements.access import may_lead_search, may_search_along
from placements.forms_search import AgreementsForm, CloseForm, DecisionForm, SbbForm, StepForm
from placements.models import Search
from standards import bbl


def search_of(request: HttpRequest, pk: int) -> Search:
    """The search, when the person may see it."""
    found = Search.objects.visible_to(request.user).select_related(
        "enrolment__student", "enrolment__programme__team", "addendum", "school_agreed_by", "decided_by", "after"
    )
    search: Search = get_object_or_404(found, pk=pk)
    return search


@require_GET
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """One search: dates, agreements, what was done, the decision."""
    return _page(request, search_of(request, pk), StepForm(today=clock.today()))


def _page(request: HttpRequest, found: Search, form: StepForm) -> HttpResponse:
    user, today = signed_in(request), clock.today()
    enrolment = found.enrolment
    is_bbl = enrolment.programme.leerweg == "BBL"
    whole = searching.enrolled(found)
    dates = bbl.dates(whole, today) if is_bbl else None
    is_student = enrolment.student.user_id == user.pk
    may_lead = may_lead_search(user, found) and found.closed_on is None
    mine = found.student_agreed_at if is_student else found.school_agreed_at
    context = {
        "search": found,
        "dates": dates,
        "verdict": bbl.funding(dates.year, whole, without_place.concluded(enrolment)) if dates else None,
        "from_new_year": bbl.support_until(dates.decision_from) if dates else None,
        "weeks": _weeks(today),
        "support_until": without_place.support_until(found),
        "steps": found.steps.select_related("by").order_by("-on", "-id"),
        "form": form,
        "today": today,
        "is_student": is_student,
        "may_lead": may_lead,
        "may_add": may_search_along(user, found) and found.closed_on is None,
        "may_agree": bool(found.agreements) and mine is None and found.closed_on is None and (is_student or may_lead),
        "may_decide": may_lead and may_be_decided(found, today),
        "seen": searching.digest(found),
    }
    return render(request, "placements/search.html", context)


def _weeks(today: date) -> int:
    """For how many weeks the school helps after a decision."""
    return (bbl.support_until(today) - today).days // 7


def may_be_decided(found: Search, today: date) -> bool:
    """BBL-04: a link to the decision is of use: of BBL, not ended yet, and the first year is not over."""
    over = bbl.decision_until(found.enrolment.start) < today
    return found.enrolment.programme.leerweg == "BBL" and found.decision != Search.Decision.END and not over


@require_POST
def search_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    found = search_of(request, pk)
    require(may_search_along(request.user, found))
    form = StepForm(request.POST, today=clock.today())
    by = signed_in(request)
    if form.is_valid() and attempt(form, lambda: searching.add_step(search=found, by=by, **form.cleaned_data)):
        messages.success(request, _("De stap is vastgelegd."))
        return redirect("search", pk=pk)
    return _page(request, found, form)


@require_POST
def search_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with the text that was shown: the student, or the bpv-coördinator for the school."""
    found, user = search_of(request, pk), signed_in(request)
    require(found.enrolment.student.user_id == user.pk or may_lead_search(user, found))
    try:
        searching.agree(search=found, by=user, seen=request.POST.get("gezien", ""), today=clock.today())
        messages.success(request, _("Je akkoord is vastgelegd."))
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
    return redirect("search", pk=pk)


@require_GET
def search_addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of the agreements as it was stored."""
    found = search_of(request, pk)
    if found.addendum is None:
        raise Http404
    response = HttpResponse(documents.read(found.addendum), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.addendum.filename}"'
    return response


def search_agreements(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the agreements; the student gets a mail."""
    found = led(request, pk)
    form = AgreementsForm(request.POST or None, initial={"text": found.agreements})

    def deed() -> Any:
        text = form.cleaned_data["text"]
        return searching.write_agreements(search=found, by=signed_in(request), text=text, today=clock.today())

    words = (
        _("Afspraken vastleggen"),
        _("Afspraken vastleggen"),
        _("De afspraken staan vast. De student krijgt een mail."),
    )
    return _task(request, found, form, deed, words)


def search_sbb(request: HttpRequest, pk: int) -> HttpResponse:
    """When SBB was asked for a place."""
    found = led(request, pk)
    form = SbbForm(request.POST or None, today=clock.today())

    def deed() -> Any:
        return searching.consult_sbb(search=found, by=signed_in(request), **form.cleaned_data)

    words = (_("Overleg met SBB"), _("Overleg vastleggen"), _("Het overleg met SBB is vastgelegd."))
    return _task(request, found, form, deed, words)


def search_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """BBL-04: decide about the enrolment."""
    found = led(request, pk)
    form = DecisionForm(request.POST or None, today=clock.today())

    def deed() -> Any:
        return searching.decide(search=found, by=signed_in(request), **form.cleaned_data)

    words = (_("Besluit over de inschrijving"), _("Besluit vastleggen"), _("Het besluit is vastgelegd."))
    return _task(request, found, form, deed, words)


def search_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The search is over."""
    found = led(request, pk)
    form = CloseForm(request.POST or None, today=clock.today())

    def deed() -> Any:
        return searching.close(search=found, by=signed_in(request), **form.cleaned_data)

    words = (_("Zoektocht afronden"), _("Zoektocht afronden"), _("De zoektocht is afgerond."))
    return _task(request, found, form, deed, words)


def led(request: HttpRequest, pk: int) -> Search:
    """The search, when the person leads it."""
    found = search_of(request, pk)
    require(may_lead_search(request.user, found))
    return found


def _task(
    request: HttpRequest, found: Search, form: forms.Form, deed: Callable[[], Any], words: tuple[str, str, str]
) -> HttpResponse:
    """A page with one form; `words`: its title, its button, and what is said when it is done."""
    title, button, done = words
    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, done)
        return redirect("search", pk=found.pk)
    today = clock.today()
    dates = bbl.dates(searching.enrolled(found), today)
    context = {"search": found, "form": form, "title": title, "button": button, "dates": dates, "weeks": _weeks(today)}
    context["closed"] = "decision" in form.fields and not bbl.may_decide(found.enrolment.start, today)
    return render(request, "placements/search_task.html", context)
