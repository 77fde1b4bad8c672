"""One talk from asking to the next: prepared in two languages, compared, held, reported (BEG-04)."""

import subprocess
from datetime import date, time

import pytest

from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.builders import a_contact, a_placement, a_talk, a_user
from tests.visits.held import form, lines, logged_in
from tests.visits.test_preparing import compare, filled, prepare
from visits import asking
from visits.models import ContactMoment

pytestmark = pytest.mark.django_db
ASKED, PREPARED, HELD, NEXT = date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 16), date(2027, 1, 18)


def test_a_talk_in_two_languages(tmp_path):
    student, supervisor = a_user(), a_user(language="de")
    contact = a_contact(user=supervisor, email=supervisor.email, language="de", last_name="Großmann")
    placement = a_placement(supervisor=contact)
    placement.student.user, placement.student.email = student, student.email
    placement.student.save()
    talk = a_talk(placement, HELD, state="planned", at=time(10), occasion="half")
    later = a_talk(placement, NEXT, state="planned", at=time(10), occasion="final")

    with clock.moved(ASKED):
        asking.ask_waiting(ASKED)
    subjects = dict(OutboxMail.objects.filter(kind="talk_prepare").values_list("to", "subject"))
    assert subjects[student.email].startswith("Bereid het gesprek van ma 16 nov 2026")
    assert subjects[supervisor.email].startswith("Bereiten Sie das Gespräch am Mo. 16. Nov. 2026")

    with clock.moved(PREPARED):
        in_dutch, in_german = logged_in(student), logged_in(supervisor)
        in_dutch.post(prepare(talk), filled("g", answer_guidance="Fijn"))
        assert in_german.get(compare(talk)).status_code == 404
        in_german.post(prepare(talk), filled("v"))
        assert "Vorbereitung beider Seiten" in in_german.get(compare(talk)).content.decode()
        assert "Voorbereiding van beide kanten" in in_dutch.get(compare(talk)).content.decode()

    with clock.moved(HELD):
        teacher = logged_in(placement.teacher)
        agreed = lines({"text": "Opdracht 2 af", "due": "2026-12-07"})
        sent = form(
            on=str(HELD), no_agreements=None, copies="on", discussed="Gaat goed.", private_note="Geheim", **agreed
        )
        teacher.post(f"/plaatsingen/{placement.number}/contact/?gesprek={talk.pk}", sent)
        contact_moment = ContactMoment.objects.get(talk=talk)
        copies = dict(OutboxMail.objects.filter(kind="talk_report").values_list("to", "subject"))
        assert copies[supervisor.email].startswith("Bericht des Gesprächs über")
        in_german = logged_in(supervisor)
        path = tmp_path / "bericht.pdf"
        path.write_bytes(in_german.get(f"/contacten/{contact_moment.pk}/verslag.pdf").content)
        read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        assert [word in read for word in ("Gesprächsbericht", "Gaat goed.", "Opdracht 2 af", "Geheim")] == [
            True
        ] * 3 + [False]
        in_german.post(f"/contacten/{contact_moment.pk}/bevestigen/")
        contact_moment.refresh_from_db()
        assert contact_moment.confirmed_by == supervisor

    with clock.moved(date(2027, 1, 11)):
        again = logged_in(student).get(prepare(later)).context["form"]
        assert again["answer_earlier"].value() == "- Opdracht 2 af"
        to_do = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/contact/").context["form"]
        assert [str(point) for point in to_do.fields["done"].queryset] == ["Opdracht 2 af"]
