"""The agreements at the start of a placement (VB-07)."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide, may_see_all
from placements.models import Placement
from visits import starting
from visits.forms_start import StartForm
from visits.models import StartAgreements


def seen(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it."""
    return get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)


@require_safe
def start_agreements(request: HttpRequest, number: str) -> HttpResponse:
    """What was agreed, for everybody of the placement; outsiders read what stands."""
    placement = seen(request, number)
    kept = starting.of(placement)
    if kept and not kept.established_on and not may_see_all(request.user, placement):
        kept = None
    context = {
        "placement": placement,
        "kept": kept,
        "topics": starting.topics_of(kept) if kept else [],
        "tasks": starting.tasks_of(kept) if kept else [],
        "may_guide": may_guide(request.user, placement),
    }
    return render(request, "visits/start_agreements.html", context)


def start_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Write the agreements down, or establish them."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    form = StartForm(request.POST or None, instance=starting.of(placement))
    deed = partial(starting.write, placement=placement, by=request.user, today=clock.today())
    establish = "vastleggen" in request.POST
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: deed(establish=establish, **form.given)):
        said = _("De startafspraken staan vast. Beiden krijgen een mail.") if establish else _("Bewaard.")
        messages.success(request, said)
        return redirect("start_agreements", number=number)
    return render(request, "visits/start_edit.html", {"form": form, "placement": placement})


@require_safe
def start_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The agreements as PDF, once they stand."""
    found = StartAgreements.objects.visible_to(request.user).filter(established_on__isnull=False)
    related = ("student", "programme", "location", "supervisor", "teacher")
    kept = get_object_or_404(found.select_related(*(f"placement__{n}" for n in related)), placement__number=number)
    answer = HttpResponse(starting.pdf_of(kept), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="startafspraken.pdf"'
    return answer
