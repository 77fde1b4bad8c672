"""Back to where somebody came from, for pages that mend something for another page (`?terug=/…/`)."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

NAME = "terug"


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The address in `terug` when it is one of ours, else the given one."""
    asked = request.GET.get(NAME, "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise
