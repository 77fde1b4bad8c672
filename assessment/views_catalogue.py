"""The catalogue of opdrachten of an opleiding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment import catalogue, sheets
from assessment.forms_catalogue import AssignmentForm
from assessment.models import Assignment
from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from standards.norms import norms_for
from students.models import Programme


@require_safe
def assignment_catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    """The opdrachten by difficulty, with how well they fit practice."""
    programme = _programme(request, pk)
    least = norms_for(clock.today()).small_count
    context = {
        "programme": programme,
        "lines": catalogue.lines_of(programme, least=least),
        "least": least,
        "may_keep": catalogue.may_keep(request.user, programme),
        "has_work_processes": catalogue.work_processes_of(programme).exists(),
    }
    return render(request, "assessment/catalogue.html", context)


def catalogue_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an opdracht."""
    return _edit(request, _programme(request, pk), None)


def catalogue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an opdracht; what was handed out stays as it was."""
    assignment = _assignment(request, pk)
    return _edit(request, assignment.programme, assignment)


@require_safe
def catalogue_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The opdracht as it stands in the catalogue (D20)."""
    return as_pdf(sheets.of_catalogue(_assignment(request, pk)), "opdracht")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be read in the browser."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _edit(request: HttpRequest, programme: Programme, assignment: Assignment | None) -> HttpResponse:
    require(catalogue.may_keep(request.user, programme))
    form = AssignmentForm(request.POST or None, instance=assignment, programme=programme)

    def saved() -> bool:
        written, chosen = form.save(commit=False), form.cleaned_data["work_processes"]
        return attempt(form, lambda: catalogue.save(assignment=written, work_processes=chosen, by=request.user))

    if request.method == "POST" and form.is_valid() and saved():
        messages.success(request, _("De opdracht staat in de catalogus."))
        return redirect("catalogue", pk=programme.pk)
    context = {"form": form, "programme": programme, "assignment": assignment}
    return render(request, "assessment/catalogue_edit.html", context)


def _programme(request: HttpRequest, pk: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(signed_in(request)), pk=pk)


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    found = Assignment.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(found, pk=pk)
