"""What holds for every answer: text goes compressed, pages are never kept, the browser's devices stay closed."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers

CLOSED = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "serial", "browsing-topics")
)
TEXT = {"application/javascript", "application/json", "image/svg+xml"}


class PrivatePages:
    """Adds Cache-Control: no-store and Permissions-Policy; static files bring a Cache-Control of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response.headers.setdefault("Permissions-Policy", CLOSED)
        return response


class PlainAddress:
    """Refuses an address with a NUL in it: nobody types one, and PostgreSQL takes none. Forms tell it at the field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class CompressText(GZipMiddleware):
    """Compresses pages and other text; pictures, fonts, documents and what is compressed already go as they are.

    Guessing a secret from the length of a compressed page (BREACH) is closed off three times: the CSRF token is masked
    anew in every page, every answer gets a random length, and requests by foreign pages carry no session (SameSite).
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind.startswith("text/") or kind in TEXT:
            return super().process_response(request, response)
        return response
