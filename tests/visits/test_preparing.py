"""Student and praktijkopleider prepare a talk blind, and then it lies side by side (B1-01..B1-06, B2-01, BEG-04)."""

from datetime import date, time, timedelta
from io import BytesIO

import pikepdf
import pytest

from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.builders import a_contact, a_contact_moment, a_placement, a_talk, a_team, a_user
from tests.visits.held import logged_in
from visits import asking, leidraad, preparing, skills
from visits.models import ActionPoint, ConversationForm, Party, Preparation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
TALK_ON = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def a_planned_talk(**fields):
    """A talk in two weeks, of people who can log in."""
    student, supervisor = a_user(), a_user(language="de")
    placement = a_placement(supervisor=a_contact(user=supervisor, email=supervisor.email))
    placement.student.user = student
    placement.student.save()
    return a_talk(placement, TALK_ON, state="planned", at=time(10), **fields)


def people(talk):
    placement = talk.placement
    return logged_in(placement.student.user), logged_in(placement.supervisor.user), logged_in(placement.teacher)


def prepare(talk):
    return f"/gesprekken/{talk.pk}/voorbereiden/"


def compare(talk):
    return f"/gesprekken/{talk.pk}/vergelijken/"


def filled(score="v", **changes):
    keys = [key for key, _group, _label in leidraad.ITEMS]
    return {f"score_{key}": score for key in keys} | {"remarks": "", "inleveren": "1"} | changes


def test_fourteen_items_in_five_groups_and_ten_prompts():
    assert (len(leidraad.ITEMS), len({group for _key, group, _label in leidraad.ITEMS})) == (14, 5)
    assert len(leidraad.PROMPTS) == 10


def test_blind_until_both_are_in():
    talk = a_planned_talk()
    student, supervisor, teacher = people(talk)
    peeks = []
    peek = lambda: [one.get(compare(talk)).status_code for one in (student, supervisor, teacher)]  # noqa: E731
    peeks.append(peek())
    assert student.post(prepare(talk), filled("g", answer_guidance="Kanarie", remarks="Zing")).status_code == 302
    peeks.append(peek())
    page = supervisor.get(prepare(talk)).content.decode()
    assert ("Kanarie" in page, "Zing" in page) == (False, False)
    assert supervisor.post(prepare(talk), filled("v", score_effort="g")).status_code == 302
    peeks.append(peek())
    assert peeks == [[404, 404, 200], [404, 404, 200], [200, 200, 200]]
    lines = {line.label: line for line in teacher.get(compare(talk)).context["lines"]}
    assert [label for label, line in lines.items() if not line.differs] == ["Inzet"]
    assert "Kanarie" in supervisor.get(compare(talk)).content.decode()


@pytest.mark.parametrize(("at", "status"), [((9, 59), 404), ((10, 0), 200)])
def test_when_the_talk_starts_it_opens(at, status):
    talk = a_planned_talk()
    student, supervisor, _teacher = people(talk)
    student.post(prepare(talk), filled())
    with clock.moved(clock.at(TALK_ON, *at)):
        supervisor = logged_in(talk.placement.supervisor.user)
        assert supervisor.get(compare(talk)).status_code == status


def test_the_teacher_reads_what_is_handed_in_not_what_is_only_kept():
    """B1-02: the bpv-docent has the student's form a week before."""
    talk = a_planned_talk()
    student, _supervisor, teacher = people(talk)
    kept = filled(remarks="Kanarie") | {"bewaren": "1"}
    del kept["inleveren"]
    student.post(prepare(talk), kept)
    before = "Kanarie" in teacher.get(compare(talk)).content.decode()
    student.post(prepare(talk), filled(remarks="Kanarie"))
    assert (before, "Kanarie" in teacher.get(compare(talk)).content.decode()) == (False, True)


def test_strangers_find_nothing():
    talk = a_planned_talk()
    strangers = (a_user("coordinator", a_team()), a_user("teacher", a_team()), a_user())
    clients = [logged_in(user) for user in strangers]
    assert [client.get(page(talk)).status_code for client in clients for page in (prepare, compare)] == [404] * 6


def test_to_hand_in_all_scores_are_asked_and_what_was_filled_in_stays():
    talk = a_planned_talk()
    student, _supervisor, _teacher = people(talk)
    sent = filled(answer_guidance="Fijn")
    del sent["score_pace"]
    page = student.post(prepare(talk), sent)
    assert page.context["form"].errors == {"score_pace": ["Dit veld is verplicht."]}
    assert page.context["form"]["answer_guidance"].value() == "Fijn"
    del sent["inleveren"]
    assert student.post(prepare(talk), sent).status_code == 302
    assert student.get(prepare(talk)).context["form"]["answer_guidance"].value() == "Fijn"


def test_handed_in_is_handed_in():
    talk = a_planned_talk()
    student, _supervisor, _teacher = people(talk)
    student.post(prepare(talk), filled("g"))
    again = student.post(prepare(talk), filled("o"))
    assert again.context["form"].non_field_errors() == ["Je hebt de voorbereiding al ingeleverd."]
    assert set(Preparation.objects.get().scores.values()) == {"g"}


def test_the_first_prompt_comes_at_a_follow_up_with_the_open_agreements():
    """B2-01."""
    talk = a_planned_talk()
    student, supervisor, _teacher = people(talk)
    assert "answer_earlier" not in student.get(prepare(talk)).context["form"].fields
    held = a_contact_moment(talk.placement, date(2026, 9, 14))
    for text, done in (("Opdracht 2 af", None), ("Rooster", date(2026, 10, 1))):
        ActionPoint.objects.create(
            placement=talk.placement, contact=held, text=text, owner="student", due=TODAY, done_on=done
        )
    form = student.get(prepare(talk)).context["form"]
    assert form["answer_earlier"].value() == "- Opdracht 2 af"
    assert [name for name in supervisor.get(prepare(talk)).context["form"].fields if name.startswith("answer")] == []


def test_the_praktijkopleider_reads_it_in_the_own_language():
    talk = a_planned_talk()
    _student, supervisor, _teacher = people(talk)
    form = supervisor.get(prepare(talk)).context["form"]
    assert str(form.fields["score_effort"].label) == "Einsatz"


def test_earlier_talks_show_as_a_trend():
    talk = a_planned_talk()
    earlier = a_talk(talk.placement, date(2026, 9, 14), state="planned", occasion="half")
    for party, score in ((Party.STUDENT, "g"), (Party.COMPANY, "o")):
        who = talk.placement.teacher
        scores = {key: score for key, _group, _label in leidraad.ITEMS}
        Preparation.objects.create(talk=earlier, party=party, scores=scores, by=who, submitted_at=clock.now())
    a_contact_moment(talk.placement, date(2026, 9, 14), talk=earlier)
    student, supervisor, teacher = people(talk)
    student.post(prepare(talk), filled("g"))
    supervisor.post(prepare(talk), filled("v"))
    line = teacher.get(compare(talk)).context["lines"][0]
    assert (line.before, line.trend) == ([(date(2026, 9, 14), "g", "o")], "up")


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (TALK_ON - timedelta(days=15), []),
        (TALK_ON - timedelta(days=14), ["talk_prepare"] * 2),
        (TALK_ON, []),
    ],
)
def test_two_weeks_before_both_are_asked_once(day, kinds):
    a_planned_talk()
    with clock.moved(day):
        for _time in range(2):
            asking.ask_waiting(day)
    assert list(OutboxMail.objects.values_list("kind", flat=True)) == kinds


def test_a_week_before_who_is_late_is_reminded_once():
    """B1-02: due seven days before."""
    talk = a_planned_talk()
    asking.ask_waiting(TODAY)
    student, _supervisor, _teacher = people(talk)
    student.post(prepare(talk), filled())
    reminded = []
    for day in (TALK_ON - timedelta(days=8), TALK_ON - timedelta(days=7), TALK_ON - timedelta(days=6)):
        with clock.moved(day):
            asking.ask_waiting(day)
        reminded.append(list(OutboxMail.objects.filter(kind="talk_prepare_late").values_list("to", flat=True)))
    late = [talk.placement.supervisor.email]
    assert reminded == [[], late, late]
    assert preparing.due_on(talk) == date(2026, 11, 9)


def test_a_talk_keeps_the_version_with_which_its_preparation_began(client):
    """S6.3: the opleiding has its own leidraad."""
    talk = a_planned_talk()
    programme = talk.placement.programme
    student, _supervisor, _teacher = people(talk)
    student.post(prepare(talk), filled())
    client.force_login(a_user("coordinator", programme.team))
    page = f"/opleidingen/{programme.pk}/leidraad/"
    wrong = client.post(page, {"items": "Inzet", "prompts": "Hoe gaat het?\nHoe gaat het?"})
    assert wrong.context["form"].errors == {
        "items": ["Schrijf elke regel als groep, dubbele punt, onderdeel: Inzet"],
        "prompts": ["Twee regels zijn gelijk. Maak van elke regel iets anders."],
    }
    assert client.post(page, {"items": "Houding: Inzet\nWerk: Tempo", "prompts": "Hoe ging het?"}).status_code == 302
    own = ConversationForm.objects.get(programme=programme)
    assert (own.version, [item["key"] for item in own.items]) == (1, ["effort", "tempo"])
    later = a_talk(talk.placement, date(2026, 12, 14), state="planned", occasion="final")
    assert [len(leidraad.of_talk(one).items) for one in (Preparation.objects.get().talk, later)] == [14, 2]


def test_d24_the_scores_as_pdf_for_who_may_compare():
    talk = a_planned_talk()
    student, supervisor, teacher = people(talk)
    page = f"/gesprekken/{talk.pk}/werknemersvaardigheden.pdf"
    statuses = lambda: [one.get(page).status_code for one in (student, supervisor, teacher)]  # noqa: E731
    assert statuses() == [404, 404, 200]
    student.post(prepare(talk), filled("g", remarks="Zing"))
    assert statuses() == [404, 404, 200]
    supervisor.post(prepare(talk), filled("v"))
    assert statuses() == [200, 200, 200]
    assert logged_in(a_user("coordinator")).get(page).status_code == 404
    with pikepdf.open(BytesIO(teacher.get(page).content)) as pdf:
        title = f"Beoordeling werknemersvaardigheden {talk.placement.student.full_name}"
        assert str(pdf.docinfo["/Title"]) == title


def test_d24_fourteen_items_in_five_groups_with_both_columns(monkeypatch):
    talk = a_planned_talk()
    student, supervisor, _teacher = people(talk)
    student.post(prepare(talk), filled("g"))
    supervisor.post(prepare(talk), filled("v"))
    sheets = []
    monkeypatch.setattr("visits.skills.documents.render", lambda template, sheet: sheets.append(sheet) or b"")
    skills.pdf_of(talk, talk.placement.teacher)
    lines = [line for _group, found in sheets[0].groups for line in found]
    assert (len(sheets[0].groups), len(lines)) == (5, 14)
    assert {(line.student, line.company) for line in lines} == {("g", "v")}
    assert (sheets[0].student_on, sheets[0].company_on) == (TODAY, TODAY)
