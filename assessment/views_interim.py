"""Pages for the interim assessment."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment import interim_views, interims
from assessment.forms_interim import InterimForm, InterimViewForm, ToldForm
from assessment.models import Interim
from assessment.papers import pdf_of_interim
from assessment.saving import answer_to_saving, is_saving
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide
from placements.models import Placement


def interim(request: HttpRequest, number: str) -> HttpResponse:
    """Prepare the talk: the own side, and what may be read of the others; who guides establishes it from here."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    views = interim_views.waiting_views(placement)
    party = interim_views.party_of(request.user, placement)
    require(party is not None or request.method != "POST")
    mine, submit = next((view for view in views if view.party == party), None), "inleveren" in request.POST
    form = InterimViewForm(request.POST or None, instance=mine, submit=submit)
    if request.method == "POST":
        deed = {"placement": placement, "by": request.user, "submit": submit}
        kept = form.is_valid() and attempt(form, lambda: interim_views.prepare(**deed, **form.cleaned_data))
        if is_saving(request):
            return answer_to_saving(request, kept)
        if kept:
            messages.success(request, _("Je voorbereiding is ingeleverd.") if submit else _("Bewaard."))
            return redirect("interim", number=number)
    now = interim_views.waiting_views(placement)  # again: a form that was refused wrote its words into what it holds
    context = {
        "form": form,
        "placement": placement,
        "party": party,
        "mine": next((view for view in now if view.party == party), None),
        "views": interim_views.readable(request.user, placement, now),
        "held": Interim.objects.visible_to(request.user).filter(placement=placement),
        "may_guide": may_guide(request.user, placement),
    }
    return render(request, "assessment/interim.html", context)


def interim_new(request: HttpRequest, number: str) -> HttpResponse:
    """Establish what was said in the talk, with what both prepared beside it."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement))
    views = interim_views.readable(request.user, placement, interim_views.waiting_views(placement))
    own = next((view for view in views if view.party == "school"), None)
    usual: dict[str, Any] = {"held_on": clock.today()}
    usual |= {"good": own.good, "attention": own.attention} if own else {}
    form = InterimForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        deed = {"placement": placement, "by": request.user}
        if attempt(form, lambda: interims.establish(**deed, **form.cleaned_data)):
            messages.success(request, _("De tussentijdse beoordeling is vastgelegd en gestuurd."))
            return redirect("interim", number=number)
    context = {"form": form, "placement": placement, "views": views}
    return render(request, "assessment/interim_new.html", context)


@require_safe
def interim_held(request: HttpRequest, pk: int) -> HttpResponse:
    """One interim assessment, with what each of the three prepared."""
    found = _found(request, pk)
    context = {
        "interim": found,
        "placement": found.placement,
        "views": interim_views.readable(request.user, found.placement, list(found.views.select_related("by"))),
        "form": ToldForm(initial={"on": clock.today()}) if may_guide(request.user, found.placement) else None,
    }
    return render(request, "assessment/interim_held.html", context)


@require_POST
def interim_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who was told in another way than by mail."""
    found = _found(request, pk)
    require(may_guide(request.user, found.placement))
    form = ToldForm(request.POST)
    if form.is_valid() and attempt(form, lambda: interims.tell(interim=found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Vastgelegd."))
        return redirect("interim_held", pk=pk)
    views = interim_views.readable(request.user, found.placement, list(found.views.select_related("by")))
    context = {"interim": found, "placement": found.placement, "views": views, "form": form}
    return render(request, "assessment/interim_held.html", context)


@require_safe
def interim_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The form *Tussentijdse beoordeling* (D25)."""
    answer = HttpResponse(pdf_of_interim(_found(request, pk)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="tussentijdse-beoordeling.pdf"'
    return answer


def _found(request: HttpRequest, pk: int) -> Interim:
    related = ("student", "programme", "location", "enrolment", "supervisor", "teacher")
    found = Interim.objects.visible_to(request.user).select_related(
        "established_by", *(f"placement__{name}" for name in related)
    )
    return get_object_or_404(found, pk=pk)
