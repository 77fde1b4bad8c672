"""Pages of the kernel: is it healthy, and the demo's mailbox."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bpv.core.models import OutboxMail


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:
    """200 when PostgreSQL answers; for the load balancer. Redis is not asked: no page needs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("gezond\n", content_type="text/plain")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The demo's mailbox: every mail the product would have sent, newest first."""
    _only_in_demo()
    page = Paginator(OutboxMail.objects.all(), 50).get_page(request.GET.get("pagina"))
    return render(request, "core/mailbox.html", {"page": page})


@login_not_required
def mailbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail of the demo's mailbox."""
    _only_in_demo()
    return render(request, "core/mailbox_mail.html", {"mail": get_object_or_404(OutboxMail, pk=pk)})
