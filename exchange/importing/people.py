"""Teams, staff, programmes with their werkprocessen, and students."""

from django.utils.translation import gettext as _

from exchange.importing.register import Record
from exchange.importing.school import ADDRESS, NAME, full_name
from exchange.importing.steps import Step


def team(step: Step) -> None:
    """A team of a college."""
    college = step.school.colleges.put({"name": step["college"]})
    step.main = step.school.teams.put({"name": step["team"], "college_id": college.pk})


def member(step: Step) -> None:
    """A member of staff in a role in a team; the person by personeelsnummer, else by e-mail address."""
    school = step.school
    found = step.need(school.teams.get(step["team"]), "team", "teams")
    step.same_person("staff_number", *NAME, "email")
    user = _staff_user(step)
    if step.failed or found is None:
        return
    values = step.some(*NAME, "email", "phone", "staff_number", "reachability")
    user = school.users.put(values, user)
    membership = {"user_id": user.pk, "role": step["role"], "team_id": found.pk, "college_id": None}
    step.main = school.memberships.put(membership)


def _staff_user(step: Step) -> Record | None:
    school = step.school
    user = school.users.by("staff_number").get(step["staff_number"])
    same_mail = school.users.get(step["email"])
    if same_mail is None or same_mail is user:
        return user
    if user is None and not same_mail["staff_number"] and same_mail.pk not in school.students.by("user_id"):
        return same_mail
    _taken(step, same_mail)
    return None


def _taken(step: Step, other: Record) -> None:
    step.fail("email", _("Dit e-mailadres is al van %(name)s.") % {"name": full_name(other)})


def programme(step: Step) -> None:
    """An opleiding: crebo and leerweg."""
    found = step.need(step.school.teams.get(step["team"]), "team", "teams")
    if found is None or step.failed:
        return
    values = step.some("crebo", "leerweg", "name", "level", "years", "vws", "bpv_hours")
    step.main = step.school.programmes.put(values | {"team_id": found.pk})


def work_process(step: Step) -> None:
    """A werkproces of a crebo, for students from a cohort on (S7)."""
    if step.need(step.school.programmes.by("crebo").get(step["crebo"]), "crebo", "opleidingen") is None:
        return
    step.main = step.school.work_processes.put(step.some("crebo", "cohort", "code", "title"))


def student(step: Step) -> None:
    """A student, the account and the enrolment."""
    school = step.school
    label = f"{step['crebo']} {step['leerweg']}"
    given = step.need(school.programmes.get(step["crebo"], step["leerweg"]), "crebo", "opleidingen", label)
    step.in_order("start", "end", _("De inschrijving eindigt op %(end)s; dat is voor het begin op %(start)s."))
    step.same_person("number", *NAME, "birth_date", "email")
    known = school.students.get(step["number"])
    user = _student_user(step, known)
    if step.failed or given is None:
        return
    if step["email"]:
        user = school.users.put(step.some(*NAME, "email"), user)
    values = step.some("number", *NAME, "birth_date", "email", "mobile", *ADDRESS)
    found = school.students.put(values | {"user_id": user.pk if user else None}, known)
    enrolment = step.some("group", "cohort", "start", "end")
    step.main = found
    school.enrolments.put(enrolment | {"student_id": found.pk, "programme_id": given.pk})


def _student_user(step: Step, known: Record | None) -> Record | None:
    """The account of a known student follows the student; a new one may not take somebody else's address."""
    school = step.school
    user = school.users.with_id(known["user_id"]) if known and known["user_id"] else None
    same_mail = school.users.get(step["email"]) if step["email"] else None
    if same_mail is None or same_mail is user:
        return user
    _taken(step, same_mail)
    return None
