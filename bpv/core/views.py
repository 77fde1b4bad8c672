"""Pages of the kernel: is it healthy, and the demo's mailbox."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpv.core import mail
from bpv.core.access import require, signed_in
from bpv.core.models import OutboxMail


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:
    """200 when PostgreSQL answers; for the load balancer. Redis is not asked: no page needs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("gezond\n", content_type="text/plain")


@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that lets forms for a talk open without a connection; at the root, for it serves pages below it."""
    script = (Path(settings.BASE_DIR) / "static" / "js" / "sw.js").read_text()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "core/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Who sees what, in plain words."""
    return render(request, "core/privacy.html")


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The demo's mailbox: every mail the product would have sent, newest first."""
    _only_in_demo()
    page = Paginator(OutboxMail.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "core/mailbox.html", {"page": page})


@login_not_required
def mailbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail of the demo's mailbox."""
    _only_in_demo()
    return render(request, "core/mailbox_mail.html", {"mail": get_object_or_404(OutboxMail, pk=pk)})


def mail_trouble(request: HttpRequest) -> HttpResponse:
    """Mails that failed or may be lost, for any bpv-coördinator: to whom and about what, never the text."""
    require(bool(signed_in(request).roles.coordinator))
    page = Paginator(OutboxMail.objects.filter(state__in=mail.TROUBLE), 50).get_page(request.GET.get("page"))
    return render(request, "core/mail_trouble.html", {"page": page})


@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed or unknown mail back in the queue."""
    require(bool(signed_in(request).roles.coordinator))
    mail.send_again(get_object_or_404(OutboxMail, pk=pk, state__in=mail.TROUBLE), by=request.user)
    messages.success(request, _("De mail wordt opnieuw verstuurd."))
    return redirect("mail_trouble")
