"""Which werkprocessen are practised: of one placement, and at one leerbedrijf."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment import coverage
from assessment.views_goals import seen
from bpv.core.access import require, signed_in
from companies.models import Location


@require_safe
def coverage_of_placement(request: HttpRequest, number: str) -> HttpResponse:
    """Each werkproces of the opleiding with its opdrachten and leerdoelen (S7, OPD-03)."""
    placement = seen(request, number)
    lines = coverage.of_placement(placement)
    lacking = sum(line.lacks for line in lines)
    context = {"placement": placement, "lines": lines, "lacking": lacking}
    return render(request, "assessment/coverage.html", context)


@require_safe
def coverage_of_location(request: HttpRequest, sbb_id: str) -> HttpResponse:
    """Each werkproces that students of the reader's teams practised at the leerbedrijf."""
    user = signed_in(request)
    location = get_object_or_404(Location.objects.visible_to(user), sbb_id=sbb_id)
    require(bool(user.roles.teams))
    context = {"location": location, "groups": coverage.of_location(user, location)}
    return render(request, "assessment/coverage_location.html", context)
