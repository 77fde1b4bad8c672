"""Out of office: who is away, and who stands in."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import absence
from accounts.models import Absence
from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt, bare_helper, date_input


class AbsenceForm(forms.ModelForm):
    """Who, from when until when, and who stands in."""

    class Meta:
        model = Absence
        fields = ["user", "first", "last", "stand_in"]
        labels = {"user": gettext_lazy("Wie is er afwezig?")}
        widgets = {"first": date_input(), "last": date_input()}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["user"].queryset = absence.of_teams(by)  # type: ignore[attr-defined]
        self.fields["stand_in"].queryset = absence.colleagues(by.roles.teams)  # type: ignore[attr-defined]
        self.initial.setdefault("user", by.pk)


def absences(request: HttpRequest) -> HttpResponse:
    """What is entered from today on, and a new one."""
    user = signed_in(request)
    require(bool(user.roles.teacher or user.roles.coordinator))
    form = AbsenceForm(request.POST or None, by=user)
    deed = partial(absence.enter, absence=form.instance, by=user)
    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("De afwezigheid is bewaard. Nieuwe vragen gaan naar de vervanger."))
        return redirect("absences")
    found = absence.visible_to(user).filter(last__gte=clock.today())
    return render(request, "accounts/absences.html", {"form": form, "absences": found})


@require_POST
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Not away after all."""
    user = signed_in(request)
    absence.remove(absence=get_object_or_404(absence.visible_to(user), pk=pk), by=user)
    messages.success(request, _("De afwezigheid is weggehaald."))
    return redirect("absences")
