"""The roster of the achterwacht, with what is not covered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from visits import standby
from visits.forms_standby import DutyForm
from visits.models import Duty


def duties(request: HttpRequest) -> HttpResponse:
    """Who is on call, for staff; bpv-coördinatoren put people on, and see which days are not covered."""
    user, today = signed_in(request), clock.today()
    require(bool(user.roles.teams))
    led = standby.colleges_of(user)
    form = DutyForm(request.POST or None, colleges=led)
    if request.method == "POST":
        require(bool(user.roles.coordinator))
        if form.is_valid() and attempt(form, lambda: standby.put_on(by=user, **form.cleaned_data)):
            messages.success(request, _("De dienst staat op het rooster."))
            return redirect("duties")
    turns = Duty.objects.visible_to(user).filter(ends_at__gte=clock.now()).select_related("college")
    context = {
        "turns": turns,
        "gaps": [gap for college in led for gap in standby.gaps(college, today)],
        "form": form if user.roles.coordinator else None,
        "led": {college.pk for college in led},
        "number": standby.calamity_number(),
    }
    return render(request, "visits/duties.html", context)


@require_POST
def duty_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a turn off the roster."""
    duty = get_object_or_404(Duty.objects.visible_to(signed_in(request)).select_related("college"), pk=pk)
    require(standby.may_roster(request.user, duty.college))
    standby.take_off(duty=duty, by=request.user)
    messages.success(request, _("De dienst is van het rooster."))
    return redirect("duties")
