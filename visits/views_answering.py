"""What follows an answer, and how well is answered."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from visits import answering, questions
from visits.access import may_answer
from visits.forms import CloseForm, StepForm
from visits.models import HelpRequest


def handled(request: HttpRequest, number: str) -> HelpRequest:
    """The question, when the person may answer it."""
    found = get_object_or_404(HelpRequest.objects.visible_to(request.user).for_list(), number=number)
    require(may_answer(request.user, found))
    return found


def request_step(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what was done further."""
    question = handled(request, number)
    form = StepForm(request.POST or None)
    deed = partial(questions.add_step, request=question, by=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: deed(**form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("request", number=number)
    return render(request, "visits/request_step.html", {"form": form, "question": question})


def request_close(request: HttpRequest, number: str) -> HttpResponse:
    """The question is done."""
    question = handled(request, number)
    form = CloseForm(request.POST or None)
    deed = partial(questions.close, request=question, by=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: deed(**form.cleaned_data)):
        messages.success(request, _("De vraag is afgerond."))
        return redirect("request", number=number)
    return render(request, "visits/request_close.html", {"form": form, "question": question})


@require_safe
def requests_in_time(request: HttpRequest) -> HttpResponse:
    """In time by team and month, with the open ones; and complaints that come back."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.coordinator or user.roles.manager))
    context = {
        "months": answering.months_until(today),
        "rows": answering.by_team(user, today),
        "repeated": answering.repeated(user, today),
    }
    return render(request, "visits/requests_in_time.html", context)
