"""In which language somebody reads: the own choice, the choice made in this browser, or a first guess."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from accounts.models import User

DUTCH = settings.LANGUAGE_CODE
ALL = tuple(code for code, _name in settings.LANGUAGES)
AT_SCHOOL = ("nl", "en")  # the pages for staff and students; those for praktijkopleiders are there in all
COOKIE = "bpv-taal"


def of(user: User) -> str:
    """The language of this person's pages and mail. Staff read Dutch or English, whatever an older choice was."""
    return DUTCH if user.language not in AT_SCHOOL and _at_school(user) else user.language


def choices(user: User) -> tuple[str, ...]:
    """The languages this person may choose from."""
    guest = not _at_school(user) and user.contacts.exists()  # by the related name: companies lie above accounts
    return ALL if guest else AT_SCHOOL


def offered(user: User | AnonymousUser) -> list[tuple[str, str]]:
    """(code, name in that language) for a page's switch. Staff choose in their profile: nothing on the page itself."""
    if not user.is_authenticated:
        return list(settings.LANGUAGES)
    codes = () if _at_school(user) else choices(user)
    return [(code, name) for code, name in settings.LANGUAGES if code in codes]


def _at_school(user: User) -> bool:
    return user.roles.is_staff or bool(user.staff_number)


def chosen(request: HttpRequest) -> str | None:
    """The language chosen in this browser before logging in."""
    language = request.COOKIES.get(COOKIE)
    return language if language in ALL else None


def for_request(request: HttpRequest) -> str:
    """The language of this page."""
    if request.user.is_authenticated:
        return of(request.user)
    if language := chosen(request):
        return language
    return translation.get_language_from_request(request) if guessed(request) else DUTCH


def guessed(request: HttpRequest) -> bool:
    """Pages for people from outside, before the login: here the language of the browser is a good first guess."""
    return request.path.startswith(reverse("ask_link"))


def owners(request: HttpRequest, owner: User) -> str:
    """The language of a page behind somebody's link: what was chosen here, else the language of its owner."""
    return chosen(request) or of(owner)
