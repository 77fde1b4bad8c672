"""Files in: upload, look at the plan, decide. Only for bpv-coördinatoren."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bpv.core.access import require, signed_in
from exchange import downloads, services
from exchange.forms import ApplyForm, UploadForm
from exchange.models import ImportRun, State


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Upload files; what was read in before; templates."""
    user = signed_in(request)
    require(bool(user.roles.coordinator))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect("import_run", pk=services.upload(files=form.incoming(), by=user).pk)
    runs = ImportRun.objects.visible_to(user).for_list()
    page = Paginator(runs, 20).get_page(request.GET.get("page"))
    return render(request, "exchange/imports.html", {"form": form, "page": page, "templates": downloads.NAMES})


@require_http_methods(["GET", "HEAD", "POST"])
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of one run and what became of it; POST reads it in."""
    user = signed_in(request)
    require(bool(user.roles.coordinator))
    run = get_object_or_404(ImportRun.objects.visible_to(user), pk=pk)
    form = ApplyForm(request.POST if request.method == "POST" else None, errors=run.errors)
    if request.method == "POST" and form.is_valid():
        if not services.confirm(run, by=user, partial=form.cleaned_data.get("partial", False)):
            messages.info(request, _("Deze bestanden waren al ingelezen of worden al ingelezen."))
        return redirect("import_run", pk=run.pk)
    context = {"run": run, "form": form, "may_apply": run.state == State.PLANNED and run.writes > 0}
    return render(request, "exchange/import_run.html", context)


@require_GET
def import_template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty file with headings and one example row."""
    require(bool(signed_in(request).roles.coordinator))
    try:
        content, kind = downloads.template(name)
    except KeyError:
        raise Http404 from None
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
