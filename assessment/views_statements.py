"""Pages for praktijkverklaringen: who still needs one, drawing one up, and the PDF."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment import statements as deeds
from assessment.forms_statements import NeedlessForm, StatementForm
from assessment.models import Statement
from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.documents import inline
from bpv.core.forms import attempt
from students.models import Enrolment

ON_A_PAGE = 50


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """The students who stopped and have no praktijkverklaring yet (CERT-02)."""
    user = signed_in(request)
    require(bool(user.roles.coordinator))
    page: Any = Paginator(deeds.due(user, clock.today()), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "assessment/statements.html", {"page": page})


def drawn(request: HttpRequest, pk: int) -> Enrolment:
    """The enrolment, when the person may draw up its praktijkverklaring."""
    found = Enrolment.objects.visible_to(request.user).select_related("student", "programme")
    enrolment = get_object_or_404(found, pk=pk)
    require(deeds.may_draw(request.user, enrolment))
    return enrolment


def statement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up a praktijkverklaring."""
    enrolment = drawn(request, pk)
    usual = {"on": clock.today(), "trajectory": "diploma"}
    form = StatementForm(request.POST or None, initial=usual, enrolment=enrolment)

    def done() -> bool:
        by = {"enrolment": enrolment, "by": request.user}
        return attempt(form, lambda: deeds.draw_up(**by, finished=form.finished, **form.given))

    if request.method == "POST" and form.is_valid() and done():
        messages.success(request, _("De praktijkverklaring is opgemaakt."))
        return redirect("examining_student", pk=pk)
    return render(request, "assessment/statement_new.html", {"form": form, "enrolment": enrolment})


def statement_needless(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a student needs none."""
    enrolment = drawn(request, pk)
    form = NeedlessForm(request.POST or None)

    def done() -> bool:
        return attempt(form, lambda: deeds.not_needed(enrolment=enrolment, by=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and done():
        messages.success(request, _("Vastgelegd dat er geen praktijkverklaring nodig is."))
        return redirect("statements")
    return render(request, "assessment/statement_needless.html", {"form": form, "enrolment": enrolment})


@require_safe
def statement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The data of a praktijkverklaring as PDF, for the school and the student."""
    found = Statement.objects.visible_to(request.user).filter(needless="")
    statement = get_object_or_404(found.select_related("enrolment__student", "enrolment__programme", "drawn_by"), pk=pk)
    return inline(deeds.pdf_of(statement), f"praktijkverklaring-{statement.enrolment.student.number}.pdf")
