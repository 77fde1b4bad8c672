"""What stands around the talks of the demo: action points, a preparation of both sides, start agreements, a roster."""

from datetime import date, timedelta

from accounts.models import College, Membership, Role, User
from bpv.core import clock
from placements.models import Placement
from visits import guidance, leidraad, standby, starting, watching
from visits.models import ActionPoint, ContactMoment, Party, Preparation, Talk

POINTS = (
    ("Opdracht 2 afmaken", Party.STUDENT),
    ("Rooster van de komende weken mailen", Party.COMPANY),
    ("Vragen naar het keuzedeel", Party.SCHOOL),
)
AGREED = {
    "reflection": "Elke vrijdag een half uur, met de praktijkopleider.",
    "assignments": "Op dinsdagmiddag, op een rustige plek.",
    "division": "Vier dagen werken, een halve dag aan opdrachten.",
    "guidance": "De praktijkopleider elke dag, de bpv-docent drie gesprekken.",
    "assessment": "Halverwege en aan het eind, met het formulier van de opleiding.",
    "interim": "In week 10, door de bpv-docent.",
    "return_days": "Elke eerste maandag van de maand, voor lessen en terugkijken.",
    "feedback": "elke week",
    "self_study": "de vergaderruimte op de tweede verdieping",
    "responsible": {"introduction": "praktijkopleider", "final": "bpv-docent en praktijkopleider"},
}


def held(today: date) -> None:
    """A little of everything that a bpv-docent has around the talks."""
    confidant()
    for index, contact in enumerate(_last_contacts(today)):
        text, owner = POINTS[index % len(POINTS)]
        due = today + timedelta(days=3 + 4 * (index % 3))
        about = {"placement": contact.placement, "contact": contact, "made_by": contact.teacher}
        ActionPoint.objects.create(text=text, owner=owner, due=due, **about)
    talks = Talk.objects.to_come().filter(state=Talk.State.PLANNED).select_related("placement__programme")
    for index, talk in enumerate(talks.order_by("on", "id")[:12]):
        _prepare(talk, both=index % 3 != 2)
        if index < 4:
            _start(talk, today)
    roster(today)


def confidant() -> None:
    """A vertrouwenscontactpersoon of every college."""
    for number, college in enumerate(College.objects.order_by("pk"), start=1):
        names = {"first_name": ("Marijke", "Karim")[number % 2], "last_name": "Vertrouwd"}
        fields = {"staff_number": f"D9{number:02}", "phone": f"06110000{number:02}"}
        user = User.objects.create_user(f"vertrouwd{number}@voorbeeldroc.example", **names, **fields)
        Membership.objects.create(user=user, role=Role.CONFIDANT, college=college)


def _last_contacts(today: date) -> list[ContactMoment]:
    """The latest contact of running placements, a few for each bpv-docent."""
    found = ContactMoment.objects.filter(placement__end__gte=today, on__lte=today, teacher__isnull=False)
    latest = found.order_by("placement_id", "-on", "-pk").distinct("placement_id").select_related("placement")
    return list(latest)[::3]


def _prepare(talk: Talk, *, both: bool) -> None:
    """The student's side, and with `both` that of the praktijkopleider, who sees it a little differently."""
    talk.form = leidraad.keep(leidraad.of_talk(talk))
    talk.asked_at = clock.now()
    talk.save()
    keys = [item["key"] for item in talk.form.items]
    sides = [(Party.STUDENT, "vgvvgvvvovvvgv"), (Party.COMPANY, "vvvogvvgovvvgv")]
    for party, scores in sides if both else sides[:1]:
        given = dict(zip(keys, scores, strict=False))
        answers = {"guidance": "Fijn, ik kan altijd iets vragen."} if party == Party.STUDENT else {}
        kept = {"scores": given, "answers": answers, "by": talk.placement.teacher}
        Preparation.objects.create(talk=talk, party=party, submitted_at=clock.now(), **kept)


def _start(talk: Talk, today: date) -> None:
    placement = talk.placement
    starting.write(placement=placement, by=placement.teacher, today=today, establish=True, **AGREED)
    scores = dict.fromkeys(guidance.POINTS, "v")
    words = {"explanation": "", "improvement": "", "improve_by": None}
    guidance.judge(placement=placement, by=placement.teacher, on=today, scores=scores, verdict="good", **words)
    if placement.pk % 2 and not watching.of(placement):
        how = {"reason": "Eerste bpv is niet gehaald", "measure": "Elke twee weken bellen", "every_weeks": 2}
        watching.start(placement=placement, by=placement.teacher, since=today, **how)


def roster(today: date) -> None:
    """The coming weekend is covered; the one after it is not."""
    saturday = today + timedelta(days=5 - today.weekday())
    for college in College.objects.order_by("pk"):
        by = User.objects.filter(memberships__team__college=college, memberships__role=Role.COORDINATOR).first()
        if by is None:
            continue
        turn = {"name": by.full_name, "phone": by.phone or "0611000000"}
        hours = {"starts_at": clock.at(saturday, 0), "ends_at": clock.at(saturday + timedelta(days=2), 0)}
        standby.put_on(college=college, by=by, **turn, **hours)
        busy = standby.working(college, standby.IN_HOLIDAYS, today, today).values_list("pk", flat=True)[:3]
        Placement.objects.filter(pk__in=list(busy)).update(in_weekend=True)
