"""The screens of the round: who reads and signs what, and everything that is refused."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.test import Client
from django.urls import reverse

from agreements import pages, signing, window
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Pok, Remark, Signature, SigningEvent
from bpv.core import clock, documents
from tests.builders import a_contact, a_pdf, a_placement, a_pok, a_remark, a_round, a_user, sign_for
from tests.codes import SECRET, code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
PASSWORD = "Fietsbel-Kastanje-7"
STUDENT = {"name": "Yusuf van den Berg", "read": "on", "agree": "on"}
COMPANY = STUDENT | {"name": "Ilse Wassink", "function": "chef", "authority": "on"}
CHANGED = "De tekst is intussen veranderd. Open de POK opnieuw en lees de nieuwe versie."
SCHOOL = {"name": "Sanne Wolters", "agree": "on"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    with clock.moved(TODAY):
        yield


@pytest.fixture
def boss(db):
    """The bpv-coördinator who offers, with a password."""
    placement = a_placement()
    user = a_user("coordinator", placement.team)
    user.set_password(PASSWORD)
    user.save()
    user.placement = placement
    return user


def of(pok, party):
    return pok.signatories.get(party=party).user


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def page(name, pok):
    return reverse(name, args=[pok.pk])


def send(user, pok, given, **changes):
    """Post the sign page with the bytes that were shown."""
    values = {"sha256": pok.document.sha256} | given | changes
    return as_(user).post(page("pok_sign", pok), {key: value for key, value in values.items() if value})


def text(response):
    return " ".join(response.content.decode().split())


def dump():
    """Every row of every table but the sessions."""
    models = [model for model in apps.get_models() if model._meta.db_table != "django_session"]
    return {model._meta.db_table: list(model.objects.order_by("pk").values_list()) for model in models}


def fresh_client(user):
    """Somebody of the school who gave the password a moment ago."""
    client = as_(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_the_pages_are_those_of_the_stored_bytes():
    pok = a_round()
    assert [(sheet.number, sheet.width, sheet.text) for sheet in pages.sheets(pok.document)] == [
        (1, 1000, pok.placement.number),
        (2, 1000, "Einde"),
    ]
    answer = as_(of(pok, "student")).get(reverse("pok_page", args=[pok.pk, 2]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer.content == pages.picture(pok.document, 2)
    assert answer.content.startswith(b"\x89PNG")
    assert as_(of(pok, "student")).get(reverse("pok_page", args=[pok.pk, 3])).status_code == 404


def test_bytes_that_are_no_pdf_have_no_pages_and_cannot_be_signed_on_the_page():
    kept = documents.store(b"%PDF-1.7 x", filename="x.pdf", media_type="application/pdf", by=None)
    pok = a_round(document=kept)
    assert pages.sheets(kept) == []
    shown = text(as_(of(pok, "student")).get(page("pok_sign", pok)))
    assert shown.count("De bladzijden kunnen nu niet worden getoond.") == 1
    assert shown.count("Ik onderteken<") == 0


def test_each_party_signs_on_the_page(boss):
    pok = a_round(boss.placement, by=boss)
    assert send(of(pok, "company"), pok, COMPANY)["Location"] == page("pok", pok)
    assert send(of(pok, "student"), pok, STUDENT)["Location"] == page("pok", pok)
    answer = fresh_client(boss).post(page("pok_sign", pok), SCHOOL | {"sha256": pok.document.sha256})
    assert answer["Location"] == page("pok", pok)
    kept = Signature.objects.filter(pok=pok).order_by("party").values_list("party", "signer", "function", "proof")
    assert list(kept) == [
        ("company", "Ilse Wassink", "chef", "link_code"),
        ("school", "Sanne Wolters", "", "password"),
        ("student", "Yusuf van den Berg", "", "link_code"),
    ]
    assert state_of(Pok.objects.get(pk=pok.pk), TODAY) == State.COMPLETE
    read = SigningEvent.objects.filter(event="read").order_by("party").values_list("party", flat=True)
    assert list(read) == ["company", "student"]


@pytest.mark.parametrize(
    ("party", "given", "changes", "why"),
    [
        ("student", STUDENT, {"read": ""}, "Lees eerst alle bladzijden."),
        ("student", STUDENT, {"agree": ""}, "Bevestig de verklaring."),
        ("student", STUDENT, {"name": ""}, "Dit veld is verplicht."),
        ("company", COMPANY, {"authority": ""}, "Bevestig dat je namens het leerbedrijf mag tekenen."),
        ("company", COMPANY, {"function": ""}, "Dit veld is verplicht."),
        (
            "student",
            STUDENT,
            {"sha256": "0" * 64},
            CHANGED,
        ),
    ],
)
def test_what_is_not_confirmed_is_refused_at_its_field(party, given, changes, why):
    pok = a_round()
    answer = send(of(pok, party), pok, given, **changes)
    assert answer.status_code == 200
    assert [error for errors in answer.context["form"].errors.values() for error in errors] == [why]
    assert Signature.objects.count() == 0


def test_sent_twice_is_one_signature():
    pok = a_round()
    student = of(pok, "student")
    assert [send(student, pok, STUDENT)["Location"] for _again in range(2)] == [page("pok", pok)] * 2
    assert Signature.objects.count() == 1
    shown = as_(student).get(page("pok_sign", pok))
    assert shown.context["why"] == "Je hebt deze POK al getekend."


def test_who_is_not_a_party_cannot_open_the_page():
    pok = a_round()
    placement = pok.placement
    seen = {
        "bpv-docent": as_(placement.teacher),
        "manager": as_(a_user("manager", college=placement.team.college)),
        "stranger": as_(a_user()),
        "other coordinator": as_(a_user("coordinator")),
    }
    names = ("pok_sign", "pok_refuse", "pok_mistake", "pok_other")
    found = {who: {client.get(page(name, pok)).status_code for name in names} for who, client in seen.items()}
    assert found == {"bpv-docent": {403}, "manager": {403}, "stranger": {404}, "other coordinator": {404}}
    posted = [client.post(page(name, pok), COMPANY).status_code for client in seen.values() for name in names]
    assert posted == [403] * 8 + [404] * 8
    assert Signature.objects.count() == 0


def test_the_praktijkopleider_who_was_not_asked_reads_but_does_not_sign():
    placement = a_placement(supervisor=a_contact(user=a_user()))
    placement.location.contacts.add(a_contact(placement.location, is_signatory=True))
    pok = a_round(placement)
    shown = send(placement.supervisor.user, pok, COMPANY)
    assert shown.context["why"] == "Je bent niet degene die deze POK tekent."
    assert Signature.objects.count() == 0


def test_a_tekenbevoegde_without_students_opens_what_was_asked():
    placement = a_placement()
    signer = a_contact(placement.location, is_signatory=True, first_name="Bram")
    pok = a_round(placement)
    client = as_(of(pok, "company"))
    assert pok.signatories.get(party="company").contact == signer
    assert client.get("/").context["to_sign"] == [pok]
    assert [client.get(page(name, pok)).status_code for name in ("pok", "pok_pdf", "pok_sign")] == [200, 200, 200]
    assert client.get(reverse("dossier", args=[placement.number])).status_code == 404
    send(of(pok, "company"), pok, COMPANY)
    after = client.get("/").context
    assert (after["to_sign"], after["signed"]) == ([], [pok])


def withdrawn(pok):
    Pok.objects.filter(pk=pok.pk).update(withdrawn_on=TODAY, withdrawn_reason="andere uren")


def lapsed(pok):
    Pok.objects.filter(pk=pok.pk).update(lapses_on=TODAY - timedelta(days=1))


def refused(pok):
    Pok.objects.filter(pk=pok.pk).update(refused_at=clock.now(), refused_party="company", refused_reason="nee")


@pytest.mark.parametrize(
    ("way", "why"),
    [
        (withdrawn, "Deze POK is ingetrokken. Tekenen heeft geen zin meer."),
        (lapsed, "De termijn om te tekenen is voorbij. De school biedt de POK opnieuw aan."),
        (refused, "Een van de partijen heeft geweigerd. Er komt eerst een nieuwe versie."),
    ],
)
def test_a_round_that_is_over_says_so_in_plain_words(way, why):
    pok = a_round()
    way(pok)
    student = of(pok, "student")
    assert as_(student).get(page("pok_sign", pok)).context["why"] == why
    assert send(student, pok, STUDENT).context["why"] == why
    assert as_(student).post(page("pok_refuse", pok), {"reason": "x"}).context["why"] == why
    assert Signature.objects.count() == 0
    assert as_(student).get(page("pok", pok)).status_code == 200


def test_a_concept_and_a_round_on_paper_cannot_be_signed_here():
    concept, paper = a_pok(a_placement()), a_round(mode="paper")
    for pok, why in (
        (concept, "Deze POK is nog niet aangeboden."),
        (paper, "Deze POK wordt op een andere manier getekend."),
    ):
        boss = a_user("coordinator", pok.placement.team)
        assert as_(boss).get(page("pok_sign", pok)).context["why"] == why


# The school: a password that was given a moment ago


def test_the_school_signs_only_with_fresh_authentication(boss):
    pok = a_round(boss.placement, by=boss)
    client = as_(boss)
    url = page("pok_sign", pok)
    answer = client.post(url, SCHOOL | {"sha256": pok.document.sha256})
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next={quote(url, safe='')}"
    assert Signature.objects.count() == 0
    wrong = client.post(answer["Location"], {"password": "iets anders", "next": url})
    assert (wrong.status_code, Signature.objects.count()) == (200, 0)
    done = client.post(answer["Location"], {"password": PASSWORD, "next": url})  # what was sent goes on by itself
    assert done["Location"] == page("pok", pok)
    assert Signature.objects.get().proof == "password"


@pytest.mark.usefixtures("one_moment")
def test_who_has_a_second_factor_signs_with_its_code(boss):
    TOTP.activate(boss, SECRET)
    pok = a_round(boss.placement, by=boss)
    client = as_(boss)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # the password alone does not do
    url = page("pok_sign", pok)
    answer = client.post(url, SCHOOL | {"sha256": pok.document.sha256})
    assert (answer["Location"].partition("?")[0], Signature.objects.count()) == (reverse("mfa_reauthenticate"), 0)
    done = client.post(answer["Location"], {"code": code(), "next": url})
    assert done["Location"] == page("pok", pok)
    assert Signature.objects.get().proof == "password_mfa"


def test_after_five_minutes_the_password_is_asked_again(boss, settings):
    pok = a_round(boss.placement, by=boss)
    client = fresh_client(boss)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = client.post(page("pok_sign", pok), SCHOOL | {"sha256": pok.document.sha256})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert Signature.objects.count() == 0


# Several at once


def several(count, **fields):
    """Rounds at one leerbedrijf with one signer, each with bytes of its own."""
    first = a_placement(**fields)
    placements = [first]
    while len(placements) < count:
        placements.append(
            a_placement(
                team=first.team, programme=first.programme, location=first.location, supervisor=first.supervisor
            )
        )
    boss = a_user("coordinator", first.team)
    boss.set_password(PASSWORD)
    boss.save()
    return [a_round(placement, by=boss) for placement in placements], boss


def sha(*poks):
    return {f"sha256-{pok.pk}": pok.document.sha256 for pok in poks}


def test_the_leerbedrijf_signs_five_with_one_confirmation():
    poks, _boss = several(5)
    client = as_(of(poks[0], "company"))
    assert [row["was_read"] for row in client.get(reverse("to_sign")).context["rows"]] == [False] * 5
    for pok in poks:
        client.post(page("pok_read", pok), {"sha256": pok.document.sha256})
    shown = client.get(reverse("to_sign"))
    assert [row["was_read"] for row in shown.context["rows"]] == [True] * 5
    assert text(shown).count("Onderteken 5 POK's") == 1
    answer = client.post(reverse("to_sign"), COMPANY | {"sel": [pok.pk for pok in poks]} | sha(*poks), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Je hebt 5 POK's getekend."]
    assert Signature.objects.filter(party="company", signer="Ilse Wassink").count() == 5


def test_what_was_not_read_in_this_session_is_not_signed():
    poks, _boss = several(2)
    client = as_(of(poks[0], "company"))
    client.post(page("pok_read", poks[0]), {"sha256": poks[0].document.sha256})
    client.post(page("pok_read", poks[1]), {"sha256": "0" * 64})
    given = COMPANY | {"sel": [pok.pk for pok in poks]} | sha(*poks)
    client.post(reverse("to_sign"), given)
    assert list(Signature.objects.values_list("pok", flat=True)) == [poks[0].pk]
    refused = client.post(reverse("to_sign"), given)
    assert refused.context["form"].non_field_errors() == ["Kies minstens één POK die je gelezen hebt."]
    again = as_(of(poks[0], "company")).get(reverse("to_sign"))  # another session
    assert [row["was_read"] for row in again.context["rows"]] == [False]


def test_of_several_one_that_changed_is_named_and_the_others_are_signed():
    poks, _boss = several(3)
    client = as_(of(poks[0], "company"))
    for pok in poks:
        client.post(page("pok_read", pok), {"sha256": pok.document.sha256})
    given = COMPANY | {"sel": [pok.pk for pok in poks]} | sha(*poks) | {f"sha256-{poks[1].pk}": "0" * 64}
    answer = client.post(reverse("to_sign"), given, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Je hebt 2 POK's getekend.",
        f"{poks[1].number} is niet getekend: {CHANGED}",
    ]


def test_nobody_signs_what_waits_for_somebody_else():
    poks, _boss = several(1)
    theirs, _other = several(1)
    client = as_(of(poks[0], "company"))
    answer = client.post(page("pok_read", theirs[0]), {"sha256": theirs[0].document.sha256})
    assert answer.status_code == 404
    client.post(reverse("to_sign"), COMPANY | {"sel": theirs[0].pk} | sha(*theirs))
    assert Signature.objects.count() == 0


def test_the_school_signs_a_selection_with_one_password():
    poks, boss = several(4)
    sign_for(poks[2], "student")
    client = as_(boss)
    shown = client.get(reverse("to_sign"))
    assert sorted(row["pok"].pk for row in shown.context["rows"]) == [pok.pk for pok in poks]
    given = SCHOOL | {"sel": [pok.pk for pok in poks[:3]]} | sha(*poks)
    answer = client.post(reverse("to_sign"), given)
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next=%2Ftekenen%2F"
    done = client.post(answer["Location"], {"password": PASSWORD, "next": reverse("to_sign")}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["Je hebt 3 POK's getekend."]
    assert sorted(Signature.objects.filter(party="school").values_list("pok", flat=True)) == [p.pk for p in poks[:3]]
    assert [row["pok"] for row in done.context["rows"]] == [poks[3]]


def test_the_list_of_the_school_can_be_narrowed():
    poks, boss = several(3)
    for party in ("student", "company"):
        sign_for(poks[1], party)
    client = as_(boss)

    def found(**query):
        return sorted(row["pok"].pk for row in client.get(reverse("to_sign"), query).context["rows"])

    assert found(wie="anderen") == [poks[1].pk]
    assert found(klas="IC4A") == [pok.pk for pok in poks]
    assert found(q=poks[2].placement.student.last_name) == [poks[2].pk]
    assert found(q="niemand") == []
    assert found(klas="bestaat niet") == [pok.pk for pok in poks]


def test_queries_do_not_grow_with_the_list(django_assert_num_queries):
    for count in (1, 3):
        _poks, boss = several(count)
        client = as_(boss)
        client.get(reverse("to_sign"))
        with django_assert_num_queries(8):
            client.get(reverse("to_sign"))


# The other ways out


def test_refusing_needs_a_reason_and_stops_the_round():
    pok = a_round()
    client = as_(of(pok, "company"))
    assert client.post(page("pok_refuse", pok), {"reason": " "}).context["form"].errors == {
        "reason": ["Dit veld is verplicht."]
    }
    client.post(page("pok_refuse", pok), {"reason": "De uren kloppen niet."})
    kept = Pok.objects.get(pk=pok.pk)
    assert (kept.refused_party, kept.refused_reason, state_of(kept, TODAY)) == (
        "company",
        "De uren kloppen niet.",
        State.REFUSED,
    )
    shown = text(as_(of(pok, "student")).get(page("pok", pok)))
    assert shown.count("De uren kloppen niet.") == 1


def test_only_the_leerbedrijf_sends_back(boss):
    pok = a_round(boss.placement, by=boss)
    for user in (of(pok, "student"), boss):
        for name in ("pok_mistake", "pok_other"):
            shown = as_(user).get(page(name, pok))
            assert shown.context["why"] == "Dat kan alleen wie namens het leerbedrijf tekent."
    as_(of(pok, "company")).post(page("pok_mistake", pok), {"text": "Wij werken ook op zaterdag."})
    assert Remark.objects.get().text == "Wij werken ook op zaterdag."
    shown = as_(boss).get(page("pok", pok))
    assert [remark.text for remark in shown.context["remarks"]] == ["Wij werken ook op zaterdag."]


def test_another_signatory_is_named_and_accepted(boss):
    pok = a_round(boss.placement, by=boss)
    before = of(pok, "company")
    person = {"first_name": "Bram", "prefix": "ter", "last_name": "Horst", "email": "bram@bedrijf.example"}
    as_(before).post(page("pok_other", pok), person | {"function": "directeur"})
    remark = Remark.objects.get()
    url = reverse("pok_remark", args=[remark.pk])
    client = as_(boss)
    assert client.post(url, {"accepted": "no", "answer": ""}).context["form"].errors == {
        "answer": ["Geef een antwoord voor het leerbedrijf."]
    }
    assert client.post(url, {"accepted": "yes"})["Location"] == page("pok", pok)
    assert pok.signatories.get(party="company").name == "Bram ter Horst"
    assert as_(before).get(page("pok_sign", pok)).context["why"] == "Je bent niet degene die deze POK tekent."
    assert as_(of(pok, "company")).get(page("pok_sign", pok)).context["party"] == "company"


def test_a_mistake_that_is_right_leads_to_a_new_version(boss):
    pok = a_round(boss.placement, by=boss)
    remark = a_remark(pok, by=of(pok, "company"))
    answer = as_(boss).post(reverse("pok_remark", args=[remark.pk]), {"accepted": "yes"})
    assert answer["Location"] == page("pok_withdraw", pok) + "?nieuw=1"
    assert [text(as_(boss).get(reverse("pok_remark", args=[remark.pk]))).count("Hier is al op gereageerd.")] == [1]


# The page of a POK


def test_the_next_step_follows_the_state(boss):
    pok = a_pok(boss.placement, document=documents.store(a_pdf("een"), filename="x", media_type="x", by=boss))
    client = as_(boss)

    def button():
        found = client.get(page("pok", pok)).context["next"]
        return found and found.label

    seen = [button()]
    signing.offer(pok=pok, by=boss, mode=Mode.DIGITAL, today=TODAY)
    seen.append(button())
    sign_for(Pok.objects.get(pk=pok.pk), "school")
    seen.append(button())
    lapsed(pok)
    seen.append(button())
    assert seen == ["Laten tekenen", "Tekenen namens de school", None, "Nieuwe versie maken"]


def test_offering_on_the_page(boss):
    pok = a_pok(boss.placement, document=documents.store(a_pdf("een"), filename="x", media_type="x", by=boss))
    client = as_(boss)
    contact = boss.placement.supervisor
    assert client.get(page("pok_offer", pok)).context["form"].fields["contact"].initial == contact
    assert client.post(page("pok_offer", pok), {"mode": "digital"}).context["form"].errors == {
        "contact": ["Dit veld is verplicht."]
    }
    client.post(page("pok_offer", pok), {"mode": "digital", "contact": contact.pk})
    kept = Pok.objects.get(pk=pok.pk)
    assert (kept.mode, state_of(kept, TODAY)) == ("digital", State.OFFERED)
    assert client.get(page("pok_offer", pok)).context["is_open"] is False


def test_for_a_minor_the_day_the_parents_were_told_is_asked(boss):
    student = boss.placement.student
    student.birth_date = date(2010, 1, 1)
    student.save()
    pok = a_pok(boss.placement, document=documents.store(a_pdf("een"), filename="x", media_type="x", by=boss))
    client = as_(boss)
    given = {"mode": "digital", "contact": boss.placement.supervisor.pk}
    url = page("pok_offer", pok)
    assert list(client.post(url, given).context["form"].errors) == ["parents_informed_on"]
    late = client.post(url, given | {"parents_informed_on": TODAY + timedelta(days=1)})
    assert late.context["form"].errors == {"parents_informed_on": ["Deze datum ligt in de toekomst."]}
    client.post(url, given | {"parents_informed_on": TODAY})
    assert Pok.objects.get(pk=pok.pk).parents_informed_on == TODAY


def test_inviting_again_waits_an_hour(boss):
    pok = a_round(boss.placement, by=boss)
    signer = pok.signatories.get(party="company")
    signer.invited_at = clock.now() - timedelta(minutes=59)
    signer.save()
    client = as_(boss)
    answer = client.post(page("pok_again", pok), {"signer": signer.pk}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "De vorige uitnodiging is van minder dan een uur geleden."
    ]
    signer.invited_at -= timedelta(minutes=1)
    signer.save()
    client.post(page("pok_again", pok), {"signer": signer.pk})
    assert pok.signatories.get(party="company").invited_at is None
    assert as_(of(pok, "company")).post(page("pok_again", pok), {"signer": signer.pk}).status_code == 403
    assert client.post(page("pok_again", pok), {"signer": "x"}).status_code == 404


def test_a_reader_from_outside_sees_no_mails_of_others(boss):
    pok = a_round(boss.placement, by=boss)
    shown = as_(of(pok, "company")).get(page("pok", pok))
    assert (shown.context["happened"], [line.note for line in shown.context["lines"]]) == ([], ["", "", ""])
    assert shown.content.decode().count(of(pok, "student").email) == 0


def test_earlier_versions_stay_readable(boss):
    old = a_round(boss.placement, by=boss, version=1)
    withdrawn(old)
    new = a_pok(boss.placement, version=2)
    Pok.objects.filter(pk=new.pk).update(number=old.number)
    shown = as_(of(old, "student")).get(page("pok", new))
    assert shown.context["versions"] == [old]
    assert as_(of(old, "student")).get(page("pok_pdf", old)).status_code == 200


# Looking changes nothing


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_changes_no_table(boss, method):
    pok = a_round(boss.placement, by=boss)
    people = [boss, of(pok, "student"), of(pok, "company")]
    clients = [as_(person) for person in people]
    addresses = ["/", reverse("to_sign"), *(page(n, pok) for n in ("pok", "pok_sign", "pok_refuse", "pok_other"))]
    for client in clients:  # the session notes the first visit
        client.get("/")
    before = dump()
    answers = [getattr(client, method)(url).status_code for client in clients for url in addresses]
    assert set(answers) == {200}
    assert dump() == before


# A change that is sent to be answered


def test_what_was_sent_to_be_answered_is_not_signed(boss):
    main = a_round(boss.placement, by=boss)
    for party in ("student", "company", "school"):
        sign_for(main, party)
    kept = documents.store(a_pdf("addendum"), filename="a.pdf", media_type="application/pdf", by=boss)
    sent = a_pok(boss.placement, kind="addendum", belongs_to=main, document=kept)
    window.send(pok=sent, by=boss, today=TODAY)
    student = of(sent, "student")
    client = as_(student)
    answer = reverse("pok_answer", args=[sent.pk])
    assert client.get(page("pok_sign", sent))["Location"] == answer
    shown = client.get(reverse("to_sign")).context
    assert (shown["to_answer"], shown["rows"]) == ([sent], [])
    shown = client.get(page("pok", sent)).context
    assert (shown["next"].url, shown["says"]) == (
        answer,
        "Toegestuurd. Wie niet reageert, is akkoord na de laatste dag.",
    )
    ways = [way.label for way in as_(boss).get(page("pok", main)).context["later"]]
    assert ways == ["Wijziging doorgeven", "Tussentijds beëindigen"]  # a rectification is for what is sealed


def test_a_round_from_before_is_finished_on_paper(boss):
    pok = a_pok(boss.placement, {"student": TODAY, "school": TODAY})
    shown = as_(boss).get(page("pok", pok))
    assert (shown.context["is_on_paper"], shown.context["next"]) == (True, None)
    assert text(shown).count(page("pok_paper", pok)) == 1
    withdrawn(pok)
    assert [line.state for line in as_(boss).get(page("pok", pok)).context["lines"]] == ["na", "coming", "na"]
