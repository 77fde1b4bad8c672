"""What is added to a made POK before it is offered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import services
from agreements.forms import SupplementForm
from agreements.views import managed
from bpv.core import clock
from bpv.core.forms import attempt
from bpv.core.returning import back_to


def pok_supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the POK comes late, and when the parents were informed."""
    found = managed(request, pk)
    form = SupplementForm(request.POST or None, pok=found, today=clock.today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: services.supplement_pok(pok=found, by=request.user, **given)):
            messages.success(request, _("De POK is aangevuld."))
            return redirect(back_to(request, reverse("pok", args=[pk])))
    return render(request, "agreements/pok_supplement.html", {"pok": found, "form": form})
