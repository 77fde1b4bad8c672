"""Pages for the interim and the final assessment."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment import hearing, services
from assessment.forms import AssessmentForm
from assessment.models import Assessment, Kind
from bpv.core import clock
from bpv.core.access import require
from placements.access import may_guide
from placements.models import Placement

KINDS = {"tussentijds": Kind.MIDTERM, "eind": Kind.FINAL}


def assessment_new(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Adopt an assessment; prefilled with the praktijkopleider and today."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement))
    heard = placement.supervisor.full_name if placement.supervisor else ""
    usual = {"held_on": clock.today(), "company_heard_on": clock.today(), "company_heard": heard}
    if KINDS[kind] == Kind.FINAL and (judged := hearing.of(placement)) and judged.submitted_at:
        usual |= {"company_heard": judged.assessor, "company_heard_on": clock.local_day(judged.submitted_at)}
        usual |= {"company_score": judged.score, "company_text": judged.text}
    form = AssessmentForm(request.POST or None, initial=usual, kind=KINDS[kind], today=clock.today())
    if request.method == "POST" and form.is_valid() and recorded(request, placement, kind, form):
        return redirect("dossier", number=number)
    context = {"form": form, "placement": placement, "kind": KINDS[kind], "is_final": KINDS[kind] == Kind.FINAL}
    return render(request, "assessment/assessment_new.html", context)


def recorded(request: HttpRequest, placement: Placement, kind: str, form: AssessmentForm) -> bool:
    """Adopt; false with the reason at the field when the rules refuse it."""
    try:
        services.record_assessment(placement=placement, kind=KINDS[kind], by=request.user, **form.cleaned_data)
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    messages.success(request, _("De beoordeling is vastgesteld."))
    return True


def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One adopted assessment, for everybody who may see the placement."""
    found = Assessment.objects.visible_to(request.user).select_related("placement__student", "decided_by")
    return render(request, "assessment/assessment.html", {"assessment": get_object_or_404(found, pk=pk)})
