"""Pages for leerdoelen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment import goals
from assessment.forms_goals import EvaluationForm, GoalForm, WorkedForm
from assessment.models import Goal
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide
from placements.models import Placement


def seen(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may see it."""
    return get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)


@require_safe
def goal_list(request: HttpRequest, number: str) -> HttpResponse:
    """The leerdoelen by werkproces, with the werkprocessen that have none."""
    placement = seen(request, number)
    context = {
        "placement": placement,
        "lines": goals.lines_of(placement, all_of_them=True),
        "may_set": goals.may_set(request.user, placement),
        "may_guide": may_guide(request.user, placement),
    }
    return render(request, "assessment/goals.html", context)


def goal_new(request: HttpRequest, number: str) -> HttpResponse:
    """Set a leerdoel."""
    placement = seen(request, number)
    require(goals.may_set(request.user, placement))
    form = GoalForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Het leerdoel staat erbij."))
        return redirect("goals", number=number)
    return render(request, "assessment/goal_edit.html", {"form": form, "placement": placement})


def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it is, or change what it says."""
    goal = _goal(request, pk)
    require(goals.may_set(request.user, goal.placement))
    form = WorkedForm(request.POST or None, instance=goal, placement=goal.placement)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Bewaard."))
        return redirect("goals", number=goal.placement.number)
    context = {"form": form, "placement": goal.placement, "goal": goal}
    return render(request, "assessment/goal_edit.html", context)


def goal_evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """Evaluate a leerdoel with student and leerbedrijf (VB-08)."""
    goal = _goal(request, pk)
    require(may_guide(request.user, goal.placement))
    form = EvaluationForm(request.POST or None, initial={"on": clock.today(), "progress": goal.progress})

    def evaluated() -> bool:
        return attempt(form, lambda: goals.evaluate(goal=goal, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and evaluated():
        messages.success(request, _("De evaluatie staat erbij."))
        return redirect("goals", number=goal.placement.number)
    return render(request, "assessment/goal_evaluate.html", {"form": form, "goal": goal, "placement": goal.placement})


@require_safe
def goal_pdf(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The form *Mijn leerdoelen* or the leerwerkplan as PDF."""
    content = goals.pdf_of(seen(request, number), is_plan=form == "leerwerkplan")
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{form}.pdf"'
    return answer


def _saved(request: HttpRequest, form: GoalForm) -> bool:
    return attempt(form, lambda: goals.save(goal=form.save(commit=False), by=request.user, changed=form.changed_data))


def _goal(request: HttpRequest, pk: int) -> Goal:
    related = ("student", "programme", "location", "enrolment", "supervisor", "teacher")
    found = Goal.objects.visible_to(request.user).select_related(*(f"placement__{name}" for name in related))
    return get_object_or_404(found, pk=pk)
