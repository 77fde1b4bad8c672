"""The round of signing: three parties in any order, one signature each, one completion (POK-02, POK-03, T15-T18)."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements import chain, returning, services, signing
from agreements.lifecycle import State, open_parties, state_of
from agreements.models import Mode, Pok, Remark, Signature, SigningEvent
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.builders import a_contact, a_placement, a_pok, a_round, a_student, a_user, sign_for, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
CLIENT = {"ip": "192.0.2.7", "agent": "Browser"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def fresh(pok):
    return Pok.objects.get(pk=pok.pk)


def state(pok, today=TODAY):
    return state_of(fresh(pok), today)


def refused(deed):
    """The words of the refusal."""
    with pytest.raises(ValidationError) as fault:
        deed()
    return " ".join(fault.value.messages)


@pytest.mark.parametrize("order", list(itertools.permutations(["student", "company", "school"])))
def test_pok_02_three_parties_in_any_order(order):
    pok = a_round()
    seen = [state(pok)]
    for party in order:
        sign_for(pok, party)
        seen.append(state(pok))
    assert seen == [State.OFFERED, State.OFFERED, State.OFFERED, State.COMPLETE]
    assert sorted(pok.signatures.values_list("party", "method")) == [
        ("company", "digital"),
        ("school", "digital"),
        ("student", "digital"),
    ]
    row = fresh(pok)
    assert (row.complete_at, row.seal_due_at) == (clock.now(), clock.now())
    events = chain.as_list(row)
    assert [link["event"] for link in events] == ["offered", "signed", "signed", "signed", "complete"]
    assert chain.is_intact(events) is True


def test_a_signature_keeps_what_was_shown_and_how_the_signer_was_known():
    pok = a_round()
    kept = sign_for(pok, "company", name=" Ilse  Wassink ", function="eigenaar")
    assert (kept.sha256, kept.statement, kept.proof, kept.function) == (
        pok.document.sha256,
        "2026-11",
        "link_code",
        "eigenaar",
    )
    assert (kept.signed_on, kept.signed_at) == (TODAY, clock.now())
    link = SigningEvent.objects.get(event="signed")
    assert {name: link.client[name] for name in CLIENT} == CLIENT
    assert [word for word in CLIENT.values() if word in str(chain.as_list(pok))] == []


def test_t16_bytes_other_than_those_of_the_round_are_refused():
    pok = a_round()
    words = refused(lambda: sign_for(pok, "student", sha256="0" * 64))
    assert words == "De tekst is intussen veranderd. Open de POK opnieuw en lees de nieuwe versie."
    assert Signature.objects.count() == 0


def test_the_leerbedrijf_confirms_that_it_may_sign():
    pok = a_round()
    company = pok.signatories.get(party="company").user
    how = {"name": "Ilse", "sha256": pok.document.sha256, "proof": "link_code", "client": CLIENT}
    assert refused(lambda: signing.sign(pok=pok, by=company, **how)) == (
        "Bevestig dat je namens het leerbedrijf mag tekenen."
    )


def test_nobody_signs_twice_nor_for_somebody_else():
    pok = a_round()
    sign_for(pok, "student")
    student = pok.signatories.get(party="student").user
    assert refused(lambda: sign_for(pok, "student")) == "Je hebt deze POK al getekend."
    for stranger in (a_user("coordinator"), a_user("teacher", pok.placement.team), a_user()):
        assert refused(lambda by=stranger: sign_for(pok, "school", by=by)) == "Je bent niet degene die deze POK tekent."
    assert refused(lambda: sign_for(pok, "company", by=student)) == "Je hebt deze POK al getekend."


def test_nobody_signs_for_two_parties():
    """A coordinator who is also the tekenbevoegde: the address is that of staff and gets no link."""
    placement = a_placement()
    boss = a_user("coordinator", placement.team)
    placement.supervisor.email = boss.email
    placement.supervisor.save()
    assert refused(lambda: a_round(placement, by=boss)) == (
        f"Het adres {boss.email} van {placement.supervisor.full_name} kan geen link krijgen."
    )
    other = a_placement(student=a_student(email="zelfde@x.example"))
    other.supervisor.email = "zelfde@x.example"
    other.supervisor.save()
    assert refused(lambda: a_round(other)) == (
        "Twee partijen hebben hetzelfde e-mailadres. Niemand tekent voor twee partijen."
    )


def test_the_database_refuses_one_person_for_two_parties():
    pok = a_round()
    one = sign_for(pok, "student")
    with pytest.raises(ValidationError) as fault:
        Signature(
            pok=pok,
            party="school",
            method="digital",
            signed_on=TODAY,
            signed_at=clock.now(),
            signer="x",
            sha256="0",
            statement="1",
            recorded_by=one.recorded_by,
        ).full_clean()
    assert fault.value.messages == ["Je hebt al voor een andere partij getekend."]


def test_the_tekenbevoegde_is_asked_before_the_praktijkopleider():
    placement = a_placement()
    boss = a_contact(placement.location, is_signatory=True)
    assert a_round(placement).signatories.get(party="company").contact == boss
    plain = a_placement()
    assert a_round(plain).signatories.get(party="company").contact == plain.supervisor


def test_offering_twice_and_without_an_address():
    pok = a_round()
    with pytest.raises(ValidationError):
        signing.offer(pok=pok, by=pok.offered_by, mode=Mode.DIGITAL, today=TODAY)
    placement = a_placement(student=a_student(email=""))
    assert refused(lambda: a_round(placement)) == f"Van {placement.student.full_name} is geen e-mailadres bekend."


def test_the_last_day_to_sign_and_the_first_day_too_late():
    """30 days after offering, but never before four weeks after the start."""
    pok = a_round()
    assert pok.lapses_on == date(2026, 9, 28)
    with clock.moved(clock.at(date(2026, 9, 28), 23, 59)):
        sign_for(pok, "student")
    with clock.moved(clock.at(date(2026, 9, 29), 0, 1)):
        words = refused(lambda: sign_for(pok, "company"))
    assert words == "De termijn om te tekenen is voorbij. De school biedt de POK opnieuw aan."
    assert signing.last_day_to_sign(date(2026, 10, 1), date(2026, 8, 31)) == date(2026, 10, 31)


def test_refusing_stops_the_round_and_tells_the_others():
    pok = a_round()
    sign_for(pok, "student")
    company = pok.signatories.get(party="company").user
    signing.refuse(pok=pok, by=company, reason="Wij hebben geen plek meer.", client=CLIENT)
    assert state(pok) == State.REFUSED
    told = OutboxMail.objects.filter(kind="pok_refused").values_list("to", flat=True)
    assert sorted(told) == sorted([pok.placement.student.email, pok.offered_by.email])
    assert refused(lambda: sign_for(pok, "school")) == (
        "Een van de partijen heeft geweigerd. Er komt eerst een nieuwe versie."
    )


def test_a_withdrawn_round_takes_no_signature_and_tells_why():
    pok = a_round()
    sign_for(pok, "student")
    services.withdraw_pok(pok=pok, by=pok.offered_by, on=TODAY, reason="De periode klopt niet.")
    assert state(pok) == State.WITHDRAWN
    assert refused(lambda: sign_for(pok, "company")) == "Deze POK is ingetrokken. Tekenen heeft geen zin meer."
    told = OutboxMail.objects.filter(kind="pok_withdrawn").values_list("to", flat=True)
    assert sorted(told) == sorted([pok.placement.student.email, pok.placement.supervisor.email])
    assert chain.as_list(pok)[-1]["event"] == "withdrawn"


def test_what_everybody_signed_cannot_be_withdrawn():
    pok = a_round()
    for party in ("student", "company", "school"):
        sign_for(pok, party)
    assert refused(lambda: services.withdraw_pok(pok=pok, by=pok.offered_by, on=TODAY, reason="Spijt.")) == (
        "Iedereen heeft deze POK getekend. Maak een rectificatie, of beëindig de POK."
    )


def test_paper_and_digital_are_never_mixed():
    pok = a_round(mode="paper")
    assert OutboxMail.objects.count() == 0
    student = a_user()
    pok.signatories.filter(party="student").update(user=student)
    assert refused(lambda: sign_for(pok, "student", by=student)) == "Deze POK wordt op een andere manier getekend."


def test_reading_is_written_down_once_and_only_of_these_bytes():
    pok = a_round()
    student = pok.signatories.get(party="student").user
    for sha256 in ("0" * 64, pok.document.sha256, pok.document.sha256):
        signing.mark_read(pok=pok, by=student, sha256=sha256, client=CLIENT)
    signing.mark_read(pok=pok, by=a_user(), sha256=pok.document.sha256, client=CLIENT)
    assert [link["party"] for link in chain.as_list(pok) if link["event"] == "read"] == ["student"]


def test_one_confirmation_signs_several_and_tells_which_not():
    placement = a_placement()
    boss = placement.supervisor
    poks = [a_round(placement)] + [
        a_round(a_placement(location=placement.location, supervisor=boss, team=placement.team)) for _ in range(2)
    ]
    services.withdraw_pok(pok=poks[1], by=poks[1].offered_by, on=TODAY, reason="Fout.")
    user = poks[0].signatories.get(party="company").user
    pairs = [(pok, pok.document.sha256) for pok in poks]
    how = {"by": user, "name": "Ilse", "proof": "link_code", "client": CLIENT, "authority": True}
    signed, not_signed = signing.sign_several(pairs, **how)
    assert signed == [poks[0], poks[2]]
    assert not_signed == [(poks[1], "Deze POK is ingetrokken. Tekenen heeft geen zin meer.")]


def test_naming_another_signatory_and_the_school_confirms():
    pok = a_round()
    before = pok.signatories.get(party="company").user
    person = {"first_name": "Karin", "last_name": "Baas", "email": "baas@bedrijf.example", "function": "directeur"}
    remark = returning.name_other(pok=pok, by=before, client=CLIENT, **person)
    assert OutboxMail.objects.get(kind="pok_sent_back").to == pok.offered_by.email
    assert refused(lambda: returning.name_other(pok=pok, by=before, client=CLIENT, **person)) == (
        "Dit is al gemeld. De school reageert zo snel mogelijk."
    )
    returning.settle(remark=remark, by=pok.offered_by, accepted=True)
    signer = pok.signatories.get(party="company")
    assert (signer.name, signer.email, signer.contact.is_signatory) == ("Karin Baas", "baas@bedrijf.example", True)
    assert refused(lambda: sign_for(pok, "company", by=before)) == "Je bent niet degene die deze POK tekent."
    assert sign_for(pok, "company").signer == "Karin Baas"


def test_turning_down_what_was_sent_back_takes_an_answer():
    pok = a_round()
    company = pok.signatories.get(party="company").user
    remark = returning.report_mistake(pok=pok, by=company, text="Ons adres klopt niet.", client=CLIENT)
    settle = lambda **how: returning.settle(remark=remark, by=pok.offered_by, accepted=False, **how)  # noqa: E731
    assert refused(settle) == "Geef een antwoord voor het leerbedrijf."
    settle(answer="Dit is het adres dat SBB heeft.")
    assert Remark.objects.get().accepted is False
    assert refused(lambda: settle(answer="Nog eens")) == "Hier is al op gereageerd."
    student = pok.signatories.get(party="student").user
    assert refused(lambda: returning.report_mistake(pok=pok, by=student, text="x", client=CLIENT)) == (
        "Dat kan alleen wie namens het leerbedrijf tekent."
    )


@pytest.mark.parametrize(
    ("minors", "birth_date", "parties"),
    [
        ("cosign", date(2008, 9, 1), ["student", "company", "school", "guardian"]),
        ("cosign", date(2008, 8, 31), ["student", "company", "school"]),
        ("inform", date(2008, 9, 1), ["student", "company", "school"]),
    ],
)
def test_t26_a_guardian_signs_along_until_18_when_the_school_asks_it(settings, minors, birth_date, parties):
    from students.models import Guardian

    settings.MINORS = minors
    student = a_student(birth_date=birth_date)
    Guardian.objects.create(student=student, name="Fatma van den Berg", email="ouder@x.example")
    pok = a_round(a_placement(student=student))
    assert [str(party) for party in open_parties(pok)] == parties
    if "guardian" in parties:
        for party in parties:
            sign_for(pok, party)
        assert state(pok) == State.COMPLETE


def test_imported_signatures_still_count_without_a_round():
    pok = a_pok(a_placement(), signed=signed_by_all(date(2026, 8, 1)))
    assert state(pok) == State.SIGNED


def test_the_chain_tells_every_change():
    pok = a_round()
    for party in ("student", "company", "school"):
        sign_for(pok, party)
    links = chain.as_list(pok)
    for index, link in enumerate(links):
        for part in ("number", "at", "event", "party", "previous", "hash"):
            changed = [dict(found) for found in links]
            changed[index][part] = 99 if part == "number" else f"{link[part]}x"
            assert chain.is_intact(changed) is False, (index, part)
    assert chain.is_intact(links[1:]) is False
    assert chain.is_intact([*links[:2], *links[3:]]) is False
    assert chain.is_intact([]) is False


def test_the_database_refuses_to_change_the_chain():
    a_round()
    with pytest.raises(Exception, match="only grows"):
        SigningEvent.objects.update(event="other")
