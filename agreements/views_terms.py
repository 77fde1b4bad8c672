"""The general terms alone, in each language, for anybody (POK-05)."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.document import TERMS
from bpv.core import clock
from standards.norms import norms_for


@login_not_required
@require_safe
def terms(request: HttpRequest, language: str) -> HttpResponse:
    """The text that stands in every POK made today; the Dutch one counts."""
    languages = dict(settings.LANGUAGES)
    if language not in languages:
        raise Http404
    context = {
        "document": SimpleNamespace(norms=norms_for(clock.today())),
        "language": language,
        "name": languages[language],
        "offered": settings.LANGUAGES,
        "text": TERMS[language],
    }
    return render(request, "agreements/terms.html", context)
