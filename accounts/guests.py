"""Students and praktijkopleiders get an account when they first ask for a link.

The apps that know these people stand above this one; each registers how it finds them (in its AppConfig.ready).
"""

from collections.abc import Callable

from accounts.models import User

Finder = Callable[[str], None]  # gives the person with this address (lower case) an account, if there is one
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Have this asked for every address that wants a link."""
    if finder not in _finders:
        _finders.append(finder)


def find(email: str) -> User | None:
    """The account of this address, made now when it is that of a known student or praktijkopleider."""
    email = email.strip().lower()
    for finder in _finders:
        finder(email)
    return User.objects.filter(email=email).first()
