"""Copies of signed paper: kept to look at, never counted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agreements import scanning
from agreements.models import Scan
from agreements.views import managed
from bpv.core import documents
from bpv.core.forms import attempt
from bpv.core.uploads import Cleaned, cleaned


class ScanForm(forms.Form):
    """A PDF or a photo of the signed paper."""

    file = forms.FileField(
        label=gettext_lazy("Scan of foto"),
        help_text=gettext_lazy("PDF, JPG of PNG, hoogstens 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_file(self) -> Cleaned:
        """What may be kept of it."""
        return cleaned(self.cleaned_data["file"])


def pok_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a copy, and see which are there."""
    found = managed(request, pk)
    form = ScanForm(request.POST or None, request.FILES or None)

    def deed() -> Any:
        return scanning.keep_scan(pok=found, by=request.user, copy=form.cleaned_data["file"])

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("De kopie is bewaard. Zij telt niet als handtekening."))
        return redirect("pok_scan", pk=pk)
    scans = found.scans.select_related("document", "by")
    return render(request, "agreements/pok_scan.html", {"pok": found, "form": form, "scans": scans})


@require_safe
def pok_scan_file(request: HttpRequest, pk: int, scan: int) -> HttpResponse:
    """The copy, always as a file to save: nothing of it is opened by the site itself."""
    kept = get_object_or_404(Scan.objects.select_related("document"), pk=scan, pok=managed(request, pk))
    answer = HttpResponse(documents.read(kept.document), content_type=kept.document.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kept.document.filename}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
