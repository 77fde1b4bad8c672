"""Opdrachten handed in (ONS-11), judged by the five of the handbook (ROL-BEO-2, -3), fitting practice (OPD-07)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from assessment import catalogue
from assessment.models import AssignmentJudgement, HandedOut, PracticeFit, Submission
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.assessment.test_assignments import pages
from tests.builders import a_handed_out, a_placement, a_submission, a_user, an_assignment
from tests.core.test_uploads import a_picture
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement():
    found = a_placement()
    found.student.user = a_user(email=found.student.email)
    found.student.save()
    found.supervisor.user = a_user(email=found.supervisor.email, first_name="Ilse", last_name="Wassink")
    found.supervisor.save()
    return found


@pytest.fixture
def people(placement):
    return {
        "student": placement.student.user,
        "supervisor": placement.supervisor.user,
        "teacher": placement.teacher,
        "coordinator": a_user("coordinator", placement.team),
        "colleague": a_user("teacher", placement.team),
        "manager": a_user("manager", placement.team),
        "stranger": a_user("teacher"),
    }


@pytest.fixture
def handed(placement):
    return a_handed_out(placement)


def hand_in(handed, **sent):
    return logged_in(handed.placement.student.user).post(f"/opdrachten/{handed.pk}/inleveren/", sent)


def judge(handed, user, score="v", **changes):
    sent = {"score": score, "feedback": "Goed gedaan.", "version": handed.submissions.count()} | changes
    return logged_in(user).post(f"/opdrachten/{handed.pk}/beoordelen/", sent)


def refused(answer):
    return answer.context["form"].errors if answer.status_code == 200 else None


def test_ons_11_each_hand_in_is_a_version_that_stays(handed):
    assert hand_in(handed, text="Eerste.").status_code == 302
    photo = SimpleUploadedFile("foto.jpg", a_picture(), content_type="image/jpeg")
    assert hand_in(handed, text="Tweede.", file=photo).status_code == 302
    found = Submission.objects.order_by("version")
    assert [(one.version, one.text, one.document and one.document.filename) for one in found] == [
        (1, "Eerste.", None),
        (2, "Tweede.", f"opdracht-{handed.pk}-versie-2.jpg"),
    ]
    handed.refresh_from_db()
    assert handed.state == "submitted"
    mails = OutboxMail.objects.filter(kind="assignment_handed_in").values_list("to", flat=True)
    assert list(mails) == [handed.placement.supervisor.email]  # at most one a day


def test_ons_11_the_praktijkopleider_is_asked_again_on_another_day(handed):
    hand_in(handed, text="Eerste.")
    with clock.moved(date(2026, 11, 24)):
        hand_in(handed, text="Tweede.")
    assert OutboxMail.objects.filter(kind="assignment_handed_in").count() == 2


def test_something_is_handed_in(handed):
    assert refused(hand_in(handed, text="  ")) == {"text": ["Schrijf je uitwerking of kies een bestand."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        a_submission(handed, "")


def test_what_was_typed_stays_when_the_file_is_refused(handed):
    word = SimpleUploadedFile("werk.docx", b"PK\x03\x04[Content_Types].xml word/document.xml")
    answer = hand_in(handed, text="Een lange uitwerking.", file=word)
    assert (list(refused(answer)), "Opslaan als" in refused(answer)["file"][0], Submission.objects.count()) == (
        ["file"],
        True,
        0,
    )
    assert "Een lange uitwerking.</textarea>" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("teacher", 403), ("supervisor", 403), ("stranger", 404)])
def test_only_the_student_hands_in(handed, people, who, status):
    client = logged_in(people[who])
    page = f"/opdrachten/{handed.pk}/inleveren/"
    assert (client.get(page).status_code, client.post(page, {"text": "x"}).status_code) == (status, status)


def test_a_file_goes_out_as_a_file_to_save(handed, people):
    hand_in(handed, file=SimpleUploadedFile("x.png", a_picture("PNG")))
    page = f"/opdrachten/{handed.pk}/versie/1/"
    for who in ("student", "supervisor", "colleague", "manager"):
        answer = logged_in(people[who]).get(page)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="opdracht-{handed.pk}-versie-1.png"'
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Content-Type"]) == ("nosniff", "image/png")
    assert logged_in(people["stranger"]).get(page).status_code == 404


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("supervisor", "supervisor"),
        ("teacher", "teacher"),
        ("coordinator", "coordinator"),
        ("colleague", "subject"),
        ("manager", 403),
        ("student", 403),
        ("stranger", 404),
    ],
)
def test_rol_beo_2_who_judges_and_in_which_role(handed, people, who, role):
    a_submission(handed)
    answer = judge(handed, people[who], role="supervisor") if who == "supervisor" else judge(handed, people[who])
    if isinstance(role, int):
        assert (answer.status_code, AssignmentJudgement.objects.count()) == (role, 0)
        return
    made = AssignmentJudgement.objects.get()
    assert (made.role, made.assessor, made.by, made.score) == (role, people[who].full_name, people[who], "v")
    told = OutboxMail.objects.get(kind="assignment_assessed")
    assert (told.to, "Goed gedaan." in told.body) == (handed.placement.student.email, False)
    assert "Goed gedaan." in logged_in(people["student"]).get(f"/opdrachten/{handed.pk}/").content.decode()


def test_rol_beo_3_the_leerbedrijf_appoints_a_werkbegeleider_by_name(handed, people):
    a_submission(handed)
    without = judge(handed, people["supervisor"], role="daily")
    assert refused(without) == {"assessor": ["Vul de naam in van de werkbegeleider die beoordeelt."]}
    judge(handed, people["supervisor"], "g", role="daily", assessor="Bo Kramer")
    judge(handed, people["supervisor"], "v", role="supervisor", assessor="Iemand anders")
    found = AssignmentJudgement.objects.order_by("pk").values_list("role", "assessor", "score", "by__last_name")
    assert list(found) == [("daily", "Bo Kramer", "g", "Wassink"), ("supervisor", "Ilse Wassink", "v", "Wassink")]


def test_rol_beo_2_the_school_has_no_role_to_choose(handed, people):
    a_submission(handed)
    judge(handed, people["teacher"], role="coordinator", assessor="Iemand")
    assert list(AssignmentJudgement.objects.values_list("role", "assessor")) == [
        ("teacher", people["teacher"].full_name)
    ]


def test_opd_05_of_several_judgements_the_newest_of_the_school_counts(handed, people):
    a_submission(handed)
    scores = []
    for who, score in [("supervisor", "g"), ("teacher", "v"), ("supervisor", "o"), ("colleague", "g")]:
        judge(handed, people[who], score, **({"role": "supervisor"} if who == "supervisor" else {}))
        handed.refresh_from_db()
        scores.append((handed.state, handed.score))
    assert scores == [("assessed", "g"), ("assessed", "v"), ("assessed", "v"), ("assessed", "g")]
    standing = AssignmentJudgement.objects.filter(replaced_at=None).values_list("role", "score")
    assert sorted(standing) == [("subject", "g"), ("supervisor", "o"), ("teacher", "v")]
    assert AssignmentJudgement.objects.exclude(replaced_at=None).count() == 1


def test_an_onvoldoende_says_what_must_be_better(handed, people):
    a_submission(handed)
    answer = judge(handed, people["teacher"], "o", feedback="")
    assert refused(answer) == {"__all__": ["Schrijf bij een onvoldoende op wat beter moet."]}
    handed.refresh_from_db()
    assert (handed.state, AssignmentJudgement.objects.count()) == ("submitted", 0)


def test_after_a_judgement_nothing_is_handed_in_but_after_an_onvoldoende(handed, people):
    a_submission(handed)
    judge(handed, people["teacher"], "o")
    assert hand_in(handed, text="Beter.").status_code == 302
    handed.refresh_from_db()
    assert (handed.state, handed.score) == ("submitted", "")
    judge(handed, people["teacher"], "v")
    closed = "Deze opdracht is beoordeeld. Vraag je bpv-docent om haar weer te openen."
    answer = hand_in(handed, text="Nog beter.")
    assert (refused(answer), Submission.objects.count()) == ({"__all__": [closed]}, 2)


def test_who_guides_opens_it_again_with_a_reason(handed, people):
    page = f"/opdrachten/{handed.pk}/heropenen/"
    teacher = logged_in(people["teacher"])
    early = teacher.post(page, {"reason": "Te vroeg."})
    assert refused(early) == {"__all__": ["Alleen een opdracht die beoordeeld is kan opnieuw open."]}
    a_submission(handed)
    judge(handed, people["teacher"], "v")
    assert (refused(teacher.post(page, {"reason": ""})), logged_in(people["colleague"]).get(page).status_code) == (
        {"reason": ["Dit veld is verplicht."]},
        403,
    )
    assert teacher.post(page, {"reason": "Verkeerde opdracht beoordeeld."}).status_code == 302
    assert refused(judge(handed, people["teacher"])) == {"__all__": ["Er is nog niets ingeleverd."]}
    assert hand_in(handed, text="Opnieuw.").status_code == 302
    assert AssignmentJudgement.objects.count() == 1


def test_nobody_judges_what_was_not_read(handed, people):
    assert refused(judge(handed, people["teacher"])) == {"__all__": ["Er is nog niets ingeleverd."]}
    a_submission(handed)
    a_submission(handed)
    newer = {"__all__": ["Er is intussen een nieuwe versie ingeleverd. Lees die eerst."]}
    assert refused(judge(handed, people["teacher"], version=1)) == newer


def test_s8_d_in_a_closed_dossier_nothing_is_handed_in_or_judged(handed, people):
    a_submission(handed)
    placement = handed.placement
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    closed = {"__all__": ["Dit dossier is afgesloten en verandert niet meer."]}
    assert (refused(hand_in(handed, text="x")), refused(judge(handed, people["teacher"]))) == (closed, closed)
    assert b"inleveren/" not in logged_in(people["student"]).get(f"/opdrachten/{handed.pk}/").content


def rate(handed, user, score):
    return logged_in(user).post(f"/opdrachten/{handed.pk}/praktijk/", {"score": score})


def read_fits(handed, user):
    return [(fit.party, fit.score) for fit in logged_in(user).get(f"/opdrachten/{handed.pk}/").context["fits"]]


def test_opd_07_both_sides_say_how_it_fits_practice_without_each_other(handed, people):
    early = rate(handed, people["student"], 2)
    assert refused(early) == {"__all__": ["Dat kan zodra er iets is ingeleverd."]}
    a_submission(handed)
    rate(handed, people["student"], 2)
    rate(handed, people["student"], 3)
    student, both = ("student", 3), [("student", 3), ("supervisor", 5)]
    assert [read_fits(handed, people[who]) for who in ("student", "supervisor", "teacher")] == [
        [student],
        [],
        [student],
    ]
    rate(handed, people["supervisor"], 5)
    assert [read_fits(handed, people[who]) for who in ("student", "supervisor", "teacher")] == [both] * 3
    late = rate(handed, people["student"], 1)
    assert refused(late) == {"__all__": ["Jullie hebben allebei al geantwoord."]}
    assert rate(handed, people["teacher"], 5).status_code == 403


@pytest.mark.parametrize(("count", "mean"), [(4, None), (5, 3.0)])
def test_opd_07_a_mean_of_few_answers_is_not_told(placement, count, mean):
    source = an_assignment(placement.programme)
    for number in range(count):
        one = a_placement(programme=placement.programme)
        given = a_handed_out(one, source=source)
        PracticeFit.objects.create(handed_out=given, party="student", score=1 + number, by=one.teacher)
    a_handed_out(placement, source=source)
    (line,) = catalogue.lines_of(placement.programme, least=5)
    assert (line.handed_out, line.student, line.supervisor) == (
        count + 1,
        catalogue.Fit(count, mean),
        catalogue.Fit(0, None),
    )


@pytest.mark.parametrize("form", ["opdracht", "uitwerking"])
def test_d20_an_opdracht_as_pdf(handed, people, form):
    a_submission(handed)
    judge(handed, people["teacher"], "g")
    answer = logged_in(people["supervisor"]).get(f"/opdrachten/{handed.pk}/{form}.pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Rijd een route {handed.placement.student.full_name}"


def test_d20_an_opdracht_of_the_catalogue_as_pdf(placement, people):
    source = an_assignment(placement.programme, competence="motives", moment="before", reflection=["Hoe ging het?"])
    answer = logged_in(people["teacher"]).get(f"/opleidingen/opdrachten/{source.pk}/opdracht.pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Rijd een route"


def test_each_sees_the_own_next_deed(handed, people):
    def deeds(who):
        return [line.deed for line in logged_in(people[who]).get(pages(handed.placement)).context["lines"]]

    def all_deeds():
        return [deeds(who)[0] for who in ("student", "supervisor", "teacher", "colleague", "manager")]

    assert all_deeds() == ["hand_in", "", "", "", ""]
    a_submission(handed)
    assert all_deeds() == ["hand_in_again", "assess", "assess", "assess", ""]
    judge(handed, people["teacher"], "o")
    assert all_deeds() == ["hand_in_again", "assess", "", "assess", ""]
    judge(handed, people["supervisor"], "v", role="supervisor")
    assert all_deeds() == ["hand_in_again", "", "", "assess", ""]
    hand_in(handed, text="Beter.")
    judge(handed, people["teacher"], "v")
    assert all_deeds() == ["", "assess", "", "assess", ""]
    assert HandedOut.objects.get().is_passed
