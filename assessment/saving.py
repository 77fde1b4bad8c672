"""A form that is kept while it is filled in: the page posts it by itself, and says when it was kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bpv.core import clock


def is_saving(request: HttpRequest) -> bool:
    """Whether the page itself sent the form, not a person with a button."""
    return "vanzelf" in request.POST


def answer_to_saving(request: HttpRequest, kept: bool) -> HttpResponse:
    """The line that stands below the form."""
    return render(request, "assessment/_kept.html", {"kept": kept, "at": clock.now()})
