"""T8 under pressure: many guesses at once get no more tries than one after another."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts import links
from accounts.models import OneTimeCode
from tests.builders import a_user


@pytest.mark.django_db(transaction=True)
def test_t8_parallel_guesses_are_all_counted():
    link = links.send(a_user())
    code = links.send_code(link, browser="b")

    def guess(number: int) -> bool:
        try:
            return links.redeem(code, "abcdef")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(guess, range(40))) == [False] * 40
    assert OneTimeCode.objects.get().tries == 5
