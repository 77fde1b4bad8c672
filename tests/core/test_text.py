"""Names and search words: sorted and found the same on every database."""

import pytest
from django.db import connection

from bpv.core import text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Özdemir", "ozdemir"), ("Çelik", "celik"), ("ÉÉN", "een"), ("Straße", "strasse"), ("İpek", "ipek"), ("", "")],
)
def test_fold(typed, folded):
    assert text.fold(typed) == folded


@pytest.mark.parametrize(
    ("parts", "name"),
    [(("Noor", "", "Haverkamp"), "Noor Haverkamp"), (("Daan", "van der", "Berg"), "Daan van der Berg")],
)
def test_full_name(parts, name):
    assert text.full_name(*parts) == name


def test_van_der_berg_stands_under_b():
    people = [("Daan", "Vries"), ("Ali", "Berg"), ("Çem", "Çelik"), ("Bo", "Berg")]
    assert sorted(text.name_key(*person) for person in people) == ["berg ali", "berg bo", "celik cem", "vries daan"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("de Vr", "'de':* & 'vr':*"),
        ("  ", ""),
        ("Zorggroep-Regge", "'zorggroep-regge':*"),
        ("PL100001", "'pl100001':*"),
        ("a' | b & !c:*\\", "'a':* & 'b':* & 'c':*"),
        ("-- ..", ""),
    ],
)
def test_search_query(typed, query):
    assert text.search_query(typed) == query


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["'", "\\", "a:b", "((", "'; DROP TABLE x; --", "%", "\x01", "a" * 500, "é'\"é", "&|!<->"]
)
def test_whatever_is_typed_is_a_query_the_database_understands(typed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsquery('simple', %s)", [text.search_query(typed)])
