"""Everything the page of one placement shows, judged live, for one reader."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.lifecycle import parties_of
from agreements.models import Pok
from assessment.models import Final, Interim
from bpv.core import calendar, clock
from bpv.core.clock import local_day
from compliance import facts, presentation
from compliance.actions import action_for
from compliance.deviations import DEVIABLE
from compliance.dossier_parts import Judged, Point, Sign, Stored
from compliance.hours import Hours
from compliance.models import Deviation
from placements import timesheet
from placements.access import is_student, may_guide, may_see_all
from placements.models import Placement, State
from standards import (
    ContactFact,
    Finding,
    Outcome,
    Period,
    RequestFacts,
    judge_placement,
    judge_request,
    outcome,
    period_of,
    why,
)
from standards.checks import contacts_in_period, counts
from standards.deadlines import Moment, moments
from standards.handbook import RULES
from standards.norms import norms_for
from standards.words import long_date
from visits import safety, standby, watching
from visits.access import may_finish
from visits.models import ActionPoint, CloseWatch, ContactMoment, Duty, GuidanceJudgement, HelpRequest, Incident, Talk

SHOWN = 4  # contacts and answered questions in sight


class Dossier:
    """One placement on a day for a reader. Each part is one query, asked when it is shown."""

    def __init__(self, placement: Placement, user: Any, today: date) -> None:
        self.placement, self.user, self.today = placement, user, today
        self.is_staff = may_see_all(user, placement)
        self.party = "" if self.is_staff else "student" if is_student(user, placement) else "company"
        self.may_hear = self.party != "student"  # who reads what the leerbedrijf thinks before the school decides
        self.facts = facts.facts_of(placement)

    @cached_property
    def poks(self) -> list[Pok]:
        """All versions, the newest first, with signatures."""
        found = Pok.objects.visible_to(self.user).filter(placement=self.placement)
        return list(found.select_related("document").prefetch_related("signatures", "signatories", "lines"))

    @cached_property
    def pok(self) -> Pok | None:
        """The POK that stands."""
        return next((pok for pok in self.poks if pok.is_live and pok.is_main), None)

    @cached_property
    def contacts(self) -> list[ContactMoment]:
        found = ContactMoment.objects.visible_to(self.user).filter(placement=self.placement)
        return list(found.select_related("teacher"))

    @cached_property
    def questions(self) -> list[HelpRequest]:
        """Questions the reader may see, the newest first."""
        found = HelpRequest.objects.visible_to(self.user).filter(placement=self.placement)
        return list(found.for_list().order_by("-received_at"))

    @property
    def recent_contacts(self) -> list[ContactMoment]:
        """The latest ones."""
        return self.contacts[:SHOWN]

    @property
    def older_contacts(self) -> list[ContactMoment]:
        """The others, which the page folds."""
        return self.contacts[SHOWN:]

    @property
    def recent_questions(self) -> list[HelpRequest]:
        """All that wait, then the latest ones that were answered."""
        waiting = [question for question in self.questions if not question.first_response_at]
        return waiting + [question for question in self.questions if question.first_response_at][:SHOWN]

    @property
    def older_questions(self) -> list[HelpRequest]:
        """The other answered ones, which the page folds."""
        return [question for question in self.questions if question.first_response_at][SHOWN:]

    @cached_property
    def interims(self) -> list[Interim]:
        """The interim assessments, in the order of time."""
        return list(self.placement.interims.all())

    @cached_property
    def final(self) -> Final | None:
        """The eindoordeel that stands."""
        return self.placement.finals.filter(is_current=True).first()

    @cached_property
    def judged(self) -> list[Judged]:
        """All findings, what waits first, by due date; none for a placement that never came to be."""
        if self.placement.state == State.CANCELLED:
            return []
        found = [self._judged(finding) for finding in judge_placement(self.facts, today=self.today)]
        free = calendar.free_days()
        for question in self.questions:
            known = facts.request_facts(question)
            found += [self._judged(f, known, question) for f in judge_request(known, today=self.today, free_days=free)]
        return sorted(found, key=lambda item: (not item.is_waiting, item.finding.due))

    def _judged(
        self, finding: Finding, known: RequestFacts | None = None, question: HelpRequest | None = None
    ) -> Judged:
        owner = question.owner_id if question else None
        mine = presentation.acts(self.user, finding.rule, self.placement, owner)
        closed = self.placement.closed_at is not None
        state = presentation.state_of(finding, self.today, mine=mine, closed=closed)
        can_be_done = state in presentation.WAITING
        return Judged(
            finding,
            state,
            presentation.word_of(finding, self.today, closed=closed),
            why(finding.rule, known or self.facts, finding, self.today),
            action_for(self.user, finding.rule, self.placement, self.pok, question, today=self.today)
            if can_be_done
            else None,
            question,
            _("ligt bij %(who)s") % {"who": self._acting(finding.rule, question)} if state == "late-other" else "",
        )

    def _acting(self, rule: str, question: HelpRequest | None) -> str:
        """Who has to do it: the owner of a question, the bpv-docent, or else the bpv-coördinator."""
        if question and question.owner:
            return str(question.owner.full_name)
        if rule in presentation.GUIDING | {"S6.1-c"} and self.placement.teacher:
            return str(self.placement.teacher.full_name)
        return _("de bpv-coördinator")

    @property
    def waiting(self) -> list[Judged]:
        """Findings that are not done: what asks for attention. The next one has its button above the list."""
        first = self.next
        found = [item for item in self.judged if item.state not in ("done", "deviated")]
        return [replace(item, action=None) if item is first else item for item in found]

    @property
    def done(self) -> list[Judged]:
        """Findings that were met, or deviated from with reasons."""
        return [item for item in self.judged if item.state in ("done", "deviated")]

    @cached_property
    def deviations(self) -> list[tuple[Deviation, str]]:
        """What was proposed to deviate from, with the name of the rule."""
        return [(found, RULES[found.rule].name) for found in Deviation.objects.filter(placement=self.placement)]

    @property
    def may_deviate(self) -> bool:
        """Whether there is talk of contact moments that are not met yet, for who guides (S6.2-d)."""
        rules = {item.finding.rule for item in self.waiting}
        return bool(rules & set(DEVIABLE)) and may_guide(self.user, self.placement)

    @cached_property
    def next(self) -> Judged | None:
        """What falls due first: the reader's own before that of others."""
        left = [item for item in self.judged if item.is_waiting]
        return next((item for item in left if item.action), left[0] if left else None)

    @property
    def coming(self) -> Point | None:
        """The next moment on the line, for who has no findings: student and praktijkopleider."""
        left = [point for point in self.points if point.is_waiting]
        return next((point for point in left if point.moment.due >= self.today), left[0] if left else None)

    @property
    def documents(self) -> list[Stored]:
        """What is stored, the newest first."""
        return [
            Stored(
                _("%(number)s, versie %(version)s") % {"number": pok.number, "version": pok.version},
                local_day(pok.document.created_at),
                reverse("pok_pdf", args=[pok.pk]),
            )
            for pok in self.poks
            if pok.document
        ]

    @cached_property
    def talks(self) -> list[Talk]:
        """What is planned, and for who guides also what is proposed."""
        found = Talk.objects.to_come().filter(placement=self.placement)
        if not may_guide(self.user, self.placement):
            found = found.filter(state=Talk.State.PLANNED)
        return list(found.order_by("on", "at"))

    @cached_property
    def agreements(self) -> list[tuple[ActionPoint, bool]]:
        """What was agreed in talks and is not done, with whether the reader may say that it is."""
        found = ActionPoint.objects.open().filter(placement=self.placement)
        for point in found:
            point.placement = self.placement  # with its student and praktijkopleider: no query a point
        return [(point, may_finish(self.user, point)) for point in found]

    @cached_property
    def watch(self) -> CloseWatch | None:
        """The vinger aan de pols, for staff."""
        return watching.of(self.placement) if self.is_staff else None

    @cached_property
    def on_duty(self) -> Duty | None:
        """Who answers now that the school is closed, for student and praktijkopleider (CAL-03)."""
        return None if self.is_staff else standby.now_on_duty(self.placement, clock.now())

    @property
    def calamity(self) -> str:
        """The school's number for calamities, for the same (CAL-02)."""
        return "" if self.is_staff else standby.calamity_number()

    @cached_property
    def judgements(self) -> list[GuidanceJudgement]:
        """How the guidance by the leerbedrijf was judged, for staff (S6.4)."""
        return list(self.placement.guidance_judgements.all()) if self.is_staff else []

    @cached_property
    def known_reports(self) -> list[Incident]:
        """That there are reports about safety, where the student allows the reader to know so (VEI-02)."""
        return safety.known_of(self.user, self.placement)

    @cached_property
    def hours(self) -> Hours | None:
        """The hours, where the opleiding keeps them (UUR-01)."""
        return Hours(self.placement, self.today) if timesheet.registers(self.placement) else None

    @cached_property
    def others(self) -> list[Placement]:
        """Earlier and later placements of the same student that the reader may see, in the order of time."""
        found = Placement.objects.visible_to(self.user).filter(student=self.placement.student_id)
        return list(found.exclude(pk=self.placement.pk).select_related("location").order_by("start", "id"))

    @cached_property
    def points(self) -> list[Point]:
        """The moments of the bpv-lijn with their state."""
        now = (0, self.period.year)
        by_rule = {i.finding.rule: i for i in self.judged if i.question is None and i.finding.year in now}
        known = self.facts
        planned = moments(known.leerweg, known.start, known.end, known.new_location)
        return [self._point(moment, by_rule.get(moment.rule or "")) for moment in planned]

    def _point(self, moment: Moment, judged: Judged | None) -> Point:
        if judged:
            return Point(moment, judged.state, judged.word, judged.finding.done_on)
        if moment.code in ("start", "second_contact"):
            done_on = moment.due if moment.code == "start" else self._second_contact_on
            finding = Finding(moment.code, self.facts.subject, moment.due, done_on)
            mine = presentation.acts(self.user, "S6.2-a", self.placement)
            state = presentation.state_of(finding, self.today, mine=mine)
            return Point(moment, state, presentation.word_of(finding, self.today), done_on)
        finding = Finding(moment.code, self.facts.subject, moment.due, None)
        if outcome(moment.due, None, self.today) is Outcome.MISSED:
            return Point(moment, "na", _("voorbij"), None)
        state = presentation.state_of(finding, self.today, mine=False)
        return Point(moment, state, presentation.word_of(finding, self.today), None)

    @property
    def _second_contact_on(self) -> date | None:
        """The day of the second contact that counts; the third closes the period (S6.2-a)."""
        days = [contact.on for contact in self._held]
        return days[1] if len(days) > 1 else None

    @property
    def contact_counts(self) -> dict[str, int]:
        """How many contacts count in the period of today, of how many, and how many of those on site (S6.2)."""
        on_site = sum(contact.kind == "on_site" for contact in self._held)
        return {"held": len(self._held), "needed": norms_for(self.facts.start).contacts_per_period, "on_site": on_site}

    @property
    def _held(self) -> list[ContactFact]:
        """The contacts that count in the period of today."""
        found = contacts_in_period(self.facts.known_on(self.today), self.period)
        return [contact for contact in found if counts(contact)]

    @cached_property
    def period(self) -> Period:
        """The bpv-periode of today: of a BBL that runs on, the part in this school year."""
        known = self.facts
        return period_of(known.leerweg, known.start, known.end, self.today)

    @property
    def signs(self) -> list[Sign]:
        """Who signed the live POK and whether it is in the dossier."""
        if self.pok is None:
            return []
        states = {item.finding.rule: (item.state, item.word) for item in self.judged if item.question is None}
        signed = {signature.party: signature.signed_on for signature in self.pok.signatures.all()}
        entries = [(str(party.label).capitalize(), signed.get(party.value), "POK-03") for party in parties_of(self.pok)]
        entries.append((self.pok.dossier_name.capitalize(), self.pok.filed_on, "S5"))
        return [
            Sign(who, "done", long_date(day)) if day else Sign(who, *states.get(rule, ("na", "")))
            for who, day, rule in entries
        ]
