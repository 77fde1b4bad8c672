"""Every reader in the own language: complete catalogues, pages and mail without a word that was left behind."""

import gettext
import re
import shutil
import subprocess
from datetime import date
from functools import cache

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import languages, links
from bpv.core import clock
from bpv.core.events import SENTENCES
from bpv.core.models import OutboxMail
from compliance import digests, judging
from placements.messages import Receivers, send_message
from tests.project.catalogues import Entry, asked, entries, path_of
from tests.project.pages import PAGES
from tests.project.sources import PACKAGES, ROOT
from tests.project.test_access import Visitor, address, body, names
from tests.project.world import World, a_world
from visits import services

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 16)
BEFORE, WINTER, AFTER = date(2026, 8, 1), date(2026, 12, 1), date(2027, 6, 1)
OTHERS = [code for code, _name in settings.LANGUAGES if code != languages.DUTCH]
FOR_COMPANIES = ["de", "es"]
PLACES = re.compile(r"%\((\w+)\)s")
WITHOUT_LOGIN = ("account_login", "ask_link", "link_sent", "account_reset_password", "privacy", "accessibility")


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    return a_world()


def read_by(world: World, kind: str, language: str) -> Visitor:
    """Somebody of our side who reads this language."""
    user = world.ours.people[kind]
    user.language = language
    user.save()
    return Visitor(kind, world.ours, user)


def opened(world: World, me: Visitor) -> list[tuple[str, str]]:
    """(address, text) of every page this person opens, but for the page of parts; forms are also sent empty."""
    pages = []
    for name, page in PAGES.items():
        if name in names() and name != "style" and not page.post and (me.kind in page.may or page.open):
            url = address(name, page, world.ours.ids)
            answers = [me.get(url), *([me.post(url)] if me.kind in page.writers else [])]
            pages += [(url, body(answer)) for answer in answers if answer.status_code in (200, 400)]
    return [(url, text) for url, text in pages if text.startswith("<!doctype html>")]


def left_behind(language: str, seen: set[str]) -> list[str]:
    """What was asked for and has no translation."""
    return sorted(text for text, entry in entries(path_of(language)).items() if text in seen and not entry.done)


def test_english_is_complete():
    assert [text for text, entry in entries(path_of("en")).items() if not entry.done] == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_a_guess(language):
    assert [text for text, entry in entries(path_of(language)).items() if entry.fuzzy] == []


def wrong_places(entry: Entry) -> bool:
    """Whether a translation names a value that the source has not, or leaves one out. The form for one may say `1`."""
    wanted = set(PLACES.findall(" ".join(entry.sources)))
    found = [set(PLACES.findall(text)) for text in entry.texts if text]
    counted = len(entry.sources) > 1
    return any(places - wanted for places in found) or any(wanted - places for places in found[counted:])


@pytest.mark.parametrize("language", OTHERS)
def test_every_value_of_a_text_is_in_its_translation(language):
    assert [text for text, entry in entries(path_of(language)).items() if wrong_places(entry)] == []


@pytest.mark.parametrize(
    ("sources", "texts", "wrong"),
    [
        (["%(a)s en %(b)s"], ["%(b)s and %(a)s"], False),
        (["%(a)s en %(b)s"], ["%(a)s"], True),
        (["%(a)s"], ["%(A)s"], True),
        (["1 dag", "%(n)s dagen"], ["1 day", "%(n)s days"], False),
        (["1 dag", "%(n)s dagen"], ["1 day", "days"], True),
    ],
)
def test_control_wrong_values_are_found(sources, texts, wrong):
    assert wrong_places(Entry(sources, texts)) is wrong


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalogue_is_that_of_the_sources(language, tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, path_of(language)], check=True)
    kept = path_of(language).with_suffix(".mo")
    with fresh.open("rb") as new, kept.open("rb") as old:
        assert gettext.GNUTranslations(new)._catalog == gettext.GNUTranslations(old)._catalog, "run: make words"


def test_catalogues_follow_the_sources(tmp_path, monkeypatch, settings):
    for folder in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LOCALE_PATHS[0].mkdir()
    monkeypatch.chdir(tmp_path)
    call_command("words")
    for language in OTHERS:
        fresh, kept = entries(path_of(language, tmp_path / "locale")), entries(path_of(language))
        changed = {text for text in {*fresh, *kept} if sources(fresh, text) != sources(kept, text)}
        assert sorted(changed) == [], "run: make words"


def sources(catalogue: dict[str, Entry], text: str) -> list[str]:
    return catalogue[text].sources if text in catalogue else []


@pytest.mark.parametrize("day", [BEFORE, TODAY, AFTER])
@pytest.mark.parametrize("language", FOR_COMPANIES)
def test_pages_of_a_praktijkopleider(world, monkeypatch, language, day):
    judging.rejudge([world.ours.placement.pk], today=day)
    me = read_by(world, "supervisor", language)
    with clock.moved(day), asked(monkeypatch) as seen:
        pages = opened(world, me)
    assert left_behind(language, seen) == []
    assert [url for url, text in pages if f'<html lang="{language}">' not in text] == []


def test_control_a_missing_translation_is_found(world, monkeypatch):
    me = read_by(world, "supervisor", "de")
    with asked(monkeypatch) as seen:
        me.get("/")
    catalogue = entries(path_of("de"))
    catalogue["Mijn gegevens"].texts = [""]
    monkeypatch.setattr("tests.project.test_languages.entries", lambda path: catalogue)
    assert left_behind("de", seen) == ["Mijn gegevens"]


@pytest.mark.parametrize("language", FOR_COMPANIES)
def test_sentences_of_the_history(language):
    assert left_behind(language, set(SENTENCES.values())) == []


@pytest.mark.parametrize("language", FOR_COMPANIES)
@pytest.mark.parametrize("name", WITHOUT_LOGIN)
def test_pages_before_the_login(monkeypatch, language, name):
    client = Client()
    client.post(reverse("language"), {"language": language, "next": "/link/"})
    with asked(monkeypatch) as seen:
        page = client.get(reverse(name)).content.decode()
        client.post(reverse(name))
    assert left_behind(language, seen) == []
    assert page.count(f'<html lang="{language}">') == 1


@pytest.mark.parametrize("language", FOR_COMPANIES)
def test_the_way_in_by_link_and_code(world, monkeypatch, language):
    user = read_by(world, "supervisor", language).side.people["supervisor"]
    client = Client()
    with asked(monkeypatch) as seen:
        links.send(user)
        url = re.search(r"/link/[\w-]+/", OutboxMail.objects.get(kind="link").body).group()
        client.get(url)
        client.post(url)
        client.post(reverse("enter_code"), {"digits": "12"})
        page = client.post(reverse("enter_code"), {"digits": "000000"})
    assert left_behind(language, seen) == []
    assert page["Content-Language"] == language


@pytest.mark.parametrize("language", FOR_COMPANIES)
def test_mail_to_a_praktijkopleider(world, monkeypatch, language):
    read_by(world, "supervisor", language)
    side, by = world.ours, world.ours.people["teacher"]
    question = side.placement.requests.get(number=side.ids["request_of_company"])
    with asked(monkeypatch) as seen:
        services.answer(request=question, by=by, at=clock.now(), text="Goed gezien.")
        words = {"subject": "Rooster", "text": "Dag", "key": "1", "students": ["Yusuf", "Noor"]}
        send_message(placement=side.placement, by=by, wanted=Receivers.SUPERVISOR, **words)
    assert sorted(OutboxMail.objects.filter(dossier=side.placement.pk).values_list("kind", flat=True)) == [
        "message",
        "request_answered",
    ]
    assert left_behind(language, seen) == []


def test_mail_is_in_the_language_of_its_reader_not_of_who_does_the_deed(world):
    user = read_by(world, "supervisor", "de").side.people["supervisor"]
    with translation.override("en"):
        links.send(user)
    assert OutboxMail.objects.get(kind="link").subject == "Link zu Ihrer Praxisphase (bpv) bei Voorbeeld ROC"


def test_digest_is_in_the_language_of_the_teacher(world):
    read_by(world, "teacher", "en")
    judging.rejudge([world.ours.placement.pk], today=WINTER)
    digests.send(WINTER)
    subjects = OutboxMail.objects.filter(kind="digest", to=world.ours.people["teacher"].email)
    assert subjects.get().subject.startswith("Placements: ")


@cache
def long_texts() -> list[str]:
    """Texts that are another sentence in English; short ones may be a name or the same word."""
    found = [text for text, entry in entries(path_of("en")).items() if len(text) > 16 and text not in entry.texts]
    return [text for text in found if "%" not in text]


def dutch_sentences(page: str) -> list[str]:
    """Texts of the catalogue that stand in a page in Dutch."""
    return [text for text in long_texts() if text in page]


@pytest.mark.parametrize("kind", ["coordinator", "teacher", "manager"])
def test_staff_in_english_meet_no_dutch_sentence(world, kind):
    judging.rejudge([world.ours.placement.pk], today=TODAY)
    with clock.moved(TODAY):
        pages = opened(world, read_by(world, kind, "en"))
    mails = "/post/"  # of anybody, in any language
    assert {url: found for url, text in pages if not url.startswith(mails) and (found := dutch_sentences(text))} == {}
    assert [url for url, text in pages if '<html lang="en">' not in text] == []


def test_control_dutch_sentences_are_found(client):
    assert "Een wachtwoord is niet nodig." not in dutch_sentences(client.get("/link/").content.decode())
    assert "Inloglink aanvragen" in dutch_sentences(client.get("/link/").content.decode())
