"""Placements with their POK, contact moments and questions."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from exchange.importing.register import EMPTY, Record
from exchange.importing.school import School, full_name
from exchange.importing.steps import Step

IMPORTED = "imported"
PARTIES = ("student", "company", "school")


def placement(step: Step) -> None:
    """A placement and the state of its POK. Not accredited is no reason to refuse it: the finding LB-02 says it."""
    links = _links(step)
    step.in_order("start", "end", _("Het einde %(end)s ligt voor het begin %(start)s."))
    known = step.school.placements.get(step["number"])
    if not step.failed:
        _check_overlap(step, links, known)
    _check_pok(step, known)
    values = step.some("number", "start", "end", "hours_per_week", "hours_total", "keuzedelen") | links
    _check_closed(step, known, values)
    if step.failed:
        return
    if known is None:
        values["state"] = "planned"
    step.main = step.school.placements.put(values, known)
    _same_place(step.school).setdefault((links["student_id"], links["location_id"]), []).append(step.main)
    _count_accreditation(step, links["location_id"])
    if step["pok_number"]:
        _pok(step, step.main)


def _links(step: Step) -> dict[str, Any]:
    school = step.school
    student = step.need(school.students.get(step["student"]), "student", "studenten")
    label = f"{step['crebo']} {step['leerweg']}"
    given = step.need(school.programmes.get(step["crebo"], step["leerweg"]), "crebo", "opleidingen", label)
    location = step.need(school.locations.get(step["sbb_id"]), "sbb_id", "leerbedrijven")
    supervisor = _supervisor(step, location)
    teacher = _teacher(step)
    if student is None or given is None or location is None:
        return {}
    enrolment = _enrolment(step, student, given)
    return {
        "student_id": student.pk,
        "programme_id": given.pk,
        "team_id": given["team_id"],
        "location_id": location.pk,
        "enrolment_id": enrolment.pk if enrolment else None,
        "supervisor_id": supervisor.pk if supervisor else None,
        "teacher_id": teacher.pk if teacher else None,
    }


def _supervisor(step: Step, location: Record | None) -> Record | None:
    if not step["supervisor"] or location is None:
        return None
    found = step.school.contacts.get(location.pk, step["supervisor"])
    return step.need(found, "supervisor", "contactpersonen")


def _teacher(step: Step) -> Record | None:
    if not step["teacher"]:
        return None
    found = step.school.users.get(step["teacher"])
    works_here = found is not None and found.pk in step.school.memberships.by("user_id")
    return step.need(found if works_here else None, "teacher", "medewerkers")


def _enrolment(step: Step, student: Record, programme: Record) -> Record | None:
    """The enrolment in this programme that covers the begin, else the last one before it, else any."""
    own = [item for item in _enrolments(step.school).get(student.pk, []) if item["programme_id"] == programme.pk]
    if not own:
        message = _("Student %(student)s is niet ingeschreven voor %(crebo)s %(leerweg)s.")
        data = {"student": step["student"], "crebo": step["crebo"], "leerweg": step["leerweg"]}
        step.fail("crebo", message % data)
        return None
    begun = [item for item in own if item["start"] <= step["start"]]
    return max(begun, key=lambda item: item["start"]) if begun else min(own, key=lambda item: item["start"])


def _enrolments(school: School) -> dict[int, list[Record]]:
    return school.grouped("enrolments", lambda item: item["student_id"])


def _same_place(school: School) -> dict[tuple[int, int], list[Record]]:
    return school.grouped("placements", lambda item: (item["student_id"], item["location_id"]))


def _check_overlap(step: Step, links: dict[str, Any], known: Record | None) -> None:
    place = (links["student_id"], links["location_id"])
    for other in _same_place(step.school).get(place, []):
        if other is known or other["state"] == "cancelled" or (known and known["state"] == "cancelled"):
            continue
        if other["start"] <= step["end"] and step["start"] <= other["end"]:
            message = _("Deze student heeft in deze periode al een plaatsing bij dit leerbedrijf: %(number)s.")
            step.fail("start", message % {"number": other["number"]})


def _count_accreditation(step: Step, location_id: int) -> None:
    own = step.school.grouped("accreditations", lambda item: (item["location_id"], item["crebo"]))
    for item in own.get((location_id, step["crebo"]), []):
        if item["granted_on"] <= step["start"] and not (item["withdrawn_on"] and item["withdrawn_on"] <= step["start"]):
            return
    step.context.not_accredited += 1


def _check_closed(step: Step, known: Record | None, values: dict[str, Any]) -> None:
    """S8-d: a row of a closed dossier that says something else. That the POK was filed goes into another dossier."""
    if known is None or known.pk not in step.school.closed or step.failed:
        return
    pok = step.school.poks.get(step["pok_number"])
    same = all(value in EMPTY or value == known[field] for field, value in values.items())
    if step["pok_number"]:
        same = same and pok is not None and all(_says_nothing_new(step, pok, party) for party in PARTIES)
    if not same:
        step.fail("number", _("Dit dossier is afgesloten en verandert niet meer."))


def _says_nothing_new(step: Step, pok: Record, party: str) -> bool:
    """Whether the file leaves the signature of this party as it is."""
    on, known = step[f"signed_{party}"], step.school.signatures.get(pok.pk, party)
    return on is None or (known is not None and (known["method"] != IMPORTED or known["signed_on"] == on))


def _live(school: School) -> dict[int, list[Record]]:
    return school.grouped("poks", lambda item: item["placement_id"])


def _check_pok(step: Step, known: Record | None) -> None:
    number = step["pok_number"]
    parts = ("signed_student", "signed_company", "signed_school", "filed_on")
    if not number:
        if any(step[name] for name in parts):
            step.fail("pok_number", _("Vul het POK-nummer in: er staan wel datums van de POK."))
        return
    same = step.school.poks.get(number)
    if same and (known is None or same["placement_id"] != known.pk):
        owner = step.school.placements.with_id(same["placement_id"])["number"]
        step.fail("pok_number", _("POK %(pok)s hoort al bij %(owner)s.") % {"pok": number, "owner": owner})
    for other in _live(step.school).get(known.pk, []) if known else []:
        if other is not same and other["withdrawn_on"] is None and other["kind"] == "qualification":
            message = _("Deze plaatsing heeft al een geldige POK: %(number)s.")
            step.fail("pok_number", message % {"number": other["number"]})


def _pok(step: Step, owner: Record) -> None:
    """A POK made here keeps what was agreed in it; the files add only that it was signed and filed."""
    school = step.school
    known = school.poks.get(step["pok_number"])
    values: dict[str, Any] = {}
    if known is None or known["document_id"] is None:
        values = {name: owner[name] for name in ("start", "end", "hours_per_week", "hours_total")}
    if known is None:
        values |= {"number": step["pok_number"], "version": 1, "placement_id": owner.pk, "kind": "qualification"}
    if step["filed_on"]:
        where = "diplomadossier" if step["leerweg"] == "BOL" else "bekostigingsdossier"
        values |= {"filed_on": step["filed_on"], "filed_in": where}
    pok = school.poks.put(values, known)
    if known is None:
        _live(school).setdefault(owner.pk, []).append(pok)
        pok.values["filed_in"] = pok["filed_in"] or ""
    if pok["document_id"] is None:
        for code in step["keuzedelen"] or []:
            school.lines.put({"pok_id": pok.pk, "code": code})
    for party in PARTIES:
        if on := step[f"signed_{party}"]:
            _signature(step, pok, party, on, owner)


def _signature(step: Step, pok: Record, party: str, on: date, owner: Record) -> None:
    known = step.school.signatures.get(pok.pk, party)
    values = {"pok_id": pok.pk, "party": party, "signed_on": on}
    if known is None:
        values |= {"method": IMPORTED, "signer": _signer(step.school, party, owner)[:200]}
    elif known["method"] != IMPORTED:
        if known["signed_on"] != on:
            message = _("In het systeem staat %(on)s, vastgelegd op papier; dat blijft staan.")
            step.notice(f"signed_{party}", message % {"on": f"{known['signed_on']:%d-%m-%Y}"})
        return
    step.school.signatures.put(values, known)


def _signer(school: School, party: str, owner: Record) -> str:
    """The name as far as it is known; a file has only dates."""
    if party == "student":
        return full_name(school.students.with_id(owner["student_id"]))
    if party == "company":
        if owner["supervisor_id"]:
            return full_name(school.contacts.with_id(owner["supervisor_id"]))
        return str(school.locations.with_id(owner["location_id"])["name"])
    return str(settings.SCHOOL_NAME)


def moment(step: Step) -> None:
    """A contact moment has no number: it is known by placement, day and kind, and when there are more by its text."""
    school = step.school
    owner = step.need(school.placements.get(step["placement"]), "placement", "plaatsingen")
    if owner is None or step.failed:
        return
    values = step.some("on", "kind", "with_student", "with_supervisor", "goals_discussed", "discussed", "agreed")
    values |= {"placement_id": owner.pk, "discussed": step["discussed"] or ""}
    same = school.grouped("moments", lambda item: (item["placement_id"], item["on"], item["kind"]))
    of_day = same.setdefault((owner.pk, step["on"], step["kind"]), [])
    known = next((item for item in of_day if item["discussed"] == values["discussed"]), None)
    free = [item for item in of_day if item.pk not in step.context.already_there]
    if known is None and len(free) == len(of_day) == 1:
        known = free[0]
    if known is None:
        step.main = school.moments.add(values | {"agreed": step["agreed"] or "", "teacher_id": owner["teacher_id"]})
        of_day.append(step.main)
    else:
        step.main = school.moments.put(values, known)
    step.context.already_there.add(step.main.pk)


def request(step: Step) -> None:
    """A hulpvraag, klacht or melding. An answer given here is not overwritten by a date from a file."""
    school = step.school
    owner = step.need(school.placements.get(step["placement"]), "placement", "plaatsingen")
    if step["first_response_at"] and step["first_response_at"] < step["received_at"]:
        step.fail("first_response_at", _("De eerste reactie ligt voor het moment van ontvangst."))
    if owner is None or step.failed:
        return
    known = school.requests.get(step["number"])
    values = step.some("number", "kind", "sender", "topic", "received_at") | {"placement_id": owner.pk}
    imported = _("overgenomen uit de administratie")
    if step["first_response_at"] and (known is None or known["responded_by"] in ("", imported)):
        values |= {"first_response_at": step["first_response_at"], "responded_by": imported}
    if known is None:
        values = {"responded_by": "", "owner_id": owner["teacher_id"]} | values
    step.main = school.requests.put(values, known)
