"""One opdracht of a student: read, handed in, judged, opened again, withdrawn, and as PDF."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment import assessing, assignments, sheets, submitting
from assessment.catalogue import shown
from assessment.forms_assignments import FitForm, JudgementForm, ReasonForm, SubmissionForm
from assessment.models import HandedOut, Submission
from assessment.views_catalogue import as_pdf
from bpv.core import documents
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_student, may_guide


def _handed(request: HttpRequest, pk: int) -> HandedOut:
    return get_object_or_404(HandedOut.objects.visible_to(request.user).for_page().for_list(), pk=pk)


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """What it asks, every version that was handed in, and the judgements."""
    handed = _handed(request, pk)
    placement, user = handed.placement, request.user
    versions = list(handed.submissions.all())
    open_dossier = not placement.closed_at
    context = {
        "handed": handed,
        "placement": placement,
        "reflection": shown(handed.reflection),
        "versions": versions,
        "fits": assessing.readable_fits(user, handed),
        "may_submit": open_dossier and assignments.may_submit(user, handed),
        "may_assess": open_dossier and bool(assessing.roles_of(user, placement)) and handed.state != "open",
        "may_rate": open_dossier and bool(versions) and bool(assessing.party_of(user, placement)),
        "may_guide": open_dossier and may_guide(user, placement),
        "both_rated": len(handed.fits.all()) == len(assessing.Party),
    }
    return render(request, "assessment/assignment.html", context)


def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in text, a file or both. What was typed stays when the file is refused."""
    handed = _handed(request, pk)
    require(is_student(request.user, handed.placement))
    form = SubmissionForm(request.POST or None, request.FILES or None)

    def submitted() -> bool:
        return attempt(form, lambda: submitting.submit(handed=handed, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and submitted():
        messages.success(request, _("Je opdracht is ingeleverd."))
        return redirect("assignment", pk=pk)
    context = {
        "form": form,
        "handed": handed,
        "placement": handed.placement,
        "may_submit": assignments.may_submit(request.user, handed),
    }
    return render(request, "assessment/hand_in.html", context)


def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the newest version."""
    handed = _handed(request, pk)
    roles = assessing.roles_of(request.user, handed.placement)
    require(bool(roles))
    newest = next(iter(handed.submissions.all()), None)
    form = JudgementForm(request.POST or None, roles=roles, initial={"version": newest.version if newest else 0})

    def assessed() -> bool:
        return attempt(form, lambda: assessing.assess(handed=handed, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and assessed():
        messages.success(request, _("De beoordeling is vastgelegd. De student krijgt een mail."))
        return redirect("assignment", pk=pk)
    if form.has_error(NON_FIELD_ERRORS, code="newer"):
        form.data = form.data.copy()
        form.data["version"] = newest.version  # the page shows that one now, with what was typed
    context = {"form": form, "handed": handed, "placement": handed.placement, "newest": newest}
    context |= {"reflection": shown(handed.reflection), "of_company": len(roles) > 1}
    context["ready"] = newest is not None and (form.is_bound or handed.state != HandedOut.State.OPEN)
    return render(request, "assessment/assess.html", context)


def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the student hand in again."""
    handed = _handed(request, pk)
    require(may_guide(request.user, handed.placement))
    form = ReasonForm(request.POST or None)

    def reopened() -> bool:
        return attempt(form, lambda: assignments.reopen(handed=handed, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and reopened():
        messages.success(request, _("De student kan deze opdracht opnieuw inleveren."))
        return redirect("assignment", pk=pk)
    return render(request, "assessment/reopen.html", {"form": form, "handed": handed, "placement": handed.placement})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody worked on yet."""
    handed = _handed(request, pk)
    require(may_guide(request.user, handed.placement))
    try:
        assignments.withdraw(handed=handed, by=request.user)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
        return redirect("assignment", pk=pk)
    messages.success(request, _("De opdracht is ingetrokken."))
    return redirect("assignments", number=handed.placement.number)


def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how well the opdracht fits practice."""
    handed = _handed(request, pk)
    party = assessing.party_of(request.user, handed.placement)
    require(party is not None)
    mine = next((one.score for one in handed.fits.all() if one.party == party), None)
    form = FitForm(request.POST or None, initial={"score": mine})

    def rated() -> bool:
        return attempt(form, lambda: assessing.rate_fit(handed=handed, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and rated():
        messages.success(request, _("Bewaard."))
        return redirect("assignment", pk=pk)
    return render(request, "assessment/fit.html", {"form": form, "handed": handed, "placement": handed.placement})


@require_safe
def submission_file(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """What was handed in, always as a file to save: nothing of it is opened by the site itself."""
    found = Submission.objects.select_related("document").exclude(document=None)
    kept = get_object_or_404(found, handed_out=_handed(request, pk), version=version)
    answer = HttpResponse(documents.read(kept.document), content_type=kept.document.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kept.document.filename}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def assignment_pdf(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The opdracht (D20), or the same with what was handed in and the judgements."""
    handed = _handed(request, pk)
    return as_pdf(sheets.of_student(handed, with_answers=form == "uitwerking"), form)
