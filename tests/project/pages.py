"""Every address of the product and who may open it. An address that is not here fails the access test."""

from dataclasses import dataclass, field
from typing import Any

STAFF = ["coordinator", "teacher", "colleague", "manager"]  # colleague: another bpv-docent of the same team
GUIDES = ["coordinator", "teacher"]
TEACHERS = ["teacher", "colleague"]
LEADERS = ["coordinator", "manager"]  # of the opleiding
OUTSIDE = ["student", "supervisor"]
COMPANY = ["supervisor", "neighbour"]  # neighbour: another contact person of the same leerbedrijf
ALL = [*STAFF, *OUTSIDE]
OFFICE = ["administration"]  # the studentenadministratie: sees POKs, no dossiers
CONFIDANT = ["confidant"]  # the vertrouwenscontactpersoon: the reports that were told, and nothing else
SENT_ON = [*OFFICE, *CONFIDANT]
READERS = [*ALL, *OFFICE]
SIGNERS = ["coordinator", *OUTSIDE]
EVERYBODY = [*ALL, "neighbour", *OFFICE, *CONFIDANT, "without a role"]
NOBODY: list[str] = []


@dataclass(frozen=True)
class Page:
    """Who opens it (200), who knows it exists but may not (403); others: 404, or 403 on a page without object."""

    may: list[str] = field(default_factory=list)
    sees: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)  # argument of the address -> id of the side
    fixed: dict[str, Any] = field(default_factory=dict)
    query: str = ""  # with {number}
    opened: int = 200
    writes: list[str] | None = None  # who may POST; like `may` when None
    post: bool = False  # there is only a POST
    open: bool = False  # without a login
    school_wide: bool = False  # the same for staff of every team
    sent_on: list[str] = field(default_factory=list)  # who gets another page instead (302)
    role_first: bool = False  # who has not the role is refused before the object is looked up

    @property
    def writers(self) -> list[str]:
        return self.may if self.writes is None else self.writes


NUMBER = {"number": "number"}
PAGES = {
    # compliance
    "today": Page([who for who in EVERYBODY if who not in SENT_ON], writes=NOBODY, sent_on=SENT_ON),
    "placements": Page(STAFF, writes=NOBODY),
    "placements_export": Page(STAFF, post=True),
    "filter_new": Page(STAFF),
    "filter_edit": Page(["coordinator"], STAFF[1:], ids={"pk": "filter"}),
    "filter_remove": Page(["coordinator"], STAFF[1:], ids={"pk": "filter"}, opened=302, post=True),
    "overview": Page(["coordinator", "manager"], writes=NOBODY),
    "overview_export": Page(["coordinator", "manager"], post=True),
    "overview_team": Page(["coordinator", "manager"], ["teacher", "colleague"], ids={"pk": "team"}, writes=NOBODY),
    "bulk": Page([*GUIDES, "colleague"]),
    "bulk_run": Page(["coordinator"], ids={"pk": "bulk"}, writes=NOBODY),
    "bulk_file": Page(["coordinator"], ids={"pk": "bulk"}, post=True),
    "bulk_again": Page(["coordinator"], ids={"pk": "bulk"}, opened=302, post=True),
    "dossier": Page(ALL, ids=NUMBER, writes=NOBODY),
    "history": Page(STAFF, OUTSIDE, ids=NUMBER, writes=NOBODY),
    "deviation_new": Page([*GUIDES, "manager"], ["colleague", *OUTSIDE], ids=NUMBER),
    "deviations": Page(["coordinator", "manager"], writes=NOBODY),
    "deviation": Page(STAFF, OUTSIDE, ids={"pk": "deviation"}, writes=["coordinator", "manager"]),
    # placements
    "placement_new": Page(["coordinator"]),
    "placement_edit": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER),
    "placement_teacher": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER),
    "placement_cancel": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER),
    "hours": Page(ALL, ids=NUMBER, writes=NOBODY),
    "hours_week": Page(ALL, ids=NUMBER, fixed={"year": "2026", "week": "36"}, writes=["student"]),
    "hours_confirm": Page([*GUIDES, "supervisor"], ["colleague", "manager", "student"], ids=NUMBER),
    "hours_send_back": Page([*GUIDES, "supervisor"], ["colleague", "manager", "student"], ids={"pk": "hours_week"}),
    "hours_decide": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER, fixed={"kind": "beoordeelbaar"}),
    "hours_export": Page(ALL, ids=NUMBER, post=True),
    "hours_pdf": Page(ALL, ids=NUMBER, writes=NOBODY),
    "without_place": Page(STAFF, writes=NOBODY),
    "without_place_export": Page(STAFF, post=True),
    "search_open": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "enrolment"}, opened=302, post=True),
    "search": Page([*STAFF, "student"], ids={"pk": "search"}, writes=NOBODY),
    "search_step": Page(
        ["coordinator", "teacher", "colleague", "student"], ["manager"], ids={"pk": "search"}, post=True
    ),
    "search_agree": Page(["coordinator", "student"], STAFF[1:], ids={"pk": "search"}, opened=302, post=True),
    "search_addendum": Page([*STAFF, "student"], ids={"pk": "search"}, writes=NOBODY),
    "search_agreements": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "search"}),
    "search_sbb": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "search"}),
    "search_decide": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "search"}),
    "search_close": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "search"}),
    # companies
    "locations": Page(EVERYBODY, writes=NOBODY),
    "locations_export": Page([*STAFF, *OFFICE], post=True),
    "location": Page([*STAFF, *OFFICE, *COMPANY], ids={"sbb_id": "location"}, school_wide=True, writes=NOBODY),
    "accreditation_check": Page(
        ["coordinator"], [*STAFF[1:], *OFFICE, *COMPANY], ids={"sbb_id": "location"}, school_wide=True
    ),
    "contact_new": Page(["coordinator"], [*STAFF[1:], *OFFICE, *COMPANY], ids={"sbb_id": "location"}, school_wide=True),
    "contact_edit": Page(
        ["coordinator"],
        [*STAFF[1:], *OFFICE, *COMPANY],
        ids={"sbb_id": "location", "pk": "contact"},
        school_wide=True,
    ),
    # students
    "student": Page(["coordinator"], [*STAFF[1:], "student"], ids={"number": "student"}, writes=NOBODY),
    "student_reach": Page(["coordinator"], [*STAFF[1:], "student"], ids={"number": "student"}),
    "work_permit": Page(["coordinator"], [*STAFF[1:], "student"], ids={"number": "student"}),
    "programme_hours": Page(["coordinator"], STAFF[1:], ids={"pk": "programme"}),
    "guardian": Page(["coordinator"], [*STAFF[1:], "student"], ids={"number": "student"}),
    # agreements
    "programmes": Page(["coordinator"], writes=NOBODY),
    "annex": Page(["coordinator"], STAFF[1:], ids={"pk": "programme"}),
    "pok_new": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER),
    "pok": Page(READERS, ids={"pk": "pok"}, writes=NOBODY),
    "pok_pdf": Page(READERS, ids={"pk": "pok"}, writes=NOBODY),
    "pok_page": Page(READERS, ids={"pk": "pok"}, fixed={"number": 1}, writes=NOBODY),
    "pok_sealed": Page(READERS, ids={"pk": "pok"}, opened=404, writes=NOBODY),
    "pok_offer": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_again": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}, opened=404, post=True),
    "pok_remark": Page(["coordinator"], [*STAFF[1:], *OUTSIDE, *OFFICE], ids={"pk": "remark"}),
    "pok_read": Page(SIGNERS, STAFF[1:], ids={"pk": "pok"}, opened=302, post=True),
    "pok_sign": Page(SIGNERS, STAFF[1:], ids={"pk": "pok"}),
    "pok_refuse": Page(SIGNERS, STAFF[1:], ids={"pk": "pok"}),
    "pok_mistake": Page(SIGNERS, STAFF[1:], ids={"pk": "pok"}),
    "pok_other": Page(SIGNERS, STAFF[1:], ids={"pk": "pok"}),
    "to_sign": Page(["coordinator", *OUTSIDE, "neighbour", "without a role"]),
    "pok_paper": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_scan": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_scan_file": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok", "scan": "scan"}, writes=NOBODY),
    "pok_file": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_withdraw": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_supplement": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "administration": Page(OFFICE, writes=NOBODY),
    "administration_export": Page(OFFICE, post=True),
    "administration_file": Page(OFFICE, opened=302, post=True),
    "administration_archive": Page(OFFICE, opened=302, post=True),
    "register": Page(OFFICE),
    "register_download": Page(OFFICE, opened=404, post=True),
    "register_differences": Page(OFFICE, opened=302, writes=NOBODY),
    "differences_export": Page(OFFICE, opened=302, post=True),
    "pok_questions": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER, writes=NOBODY),
    "pok_addendum": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_rectification": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_answer": Page(READERS, ids={"pk": "pok"}),
    "pok_end": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "pok"}),
    "pok_end_again": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "ending"}),
    "seals": Page(["coordinator"], writes=NOBODY),
    "pok_sbb": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "ending"}),
    "pok_further": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids={"pk": "ending"}),
    "terms": Page(open=True, fixed={"language": "en"}),
    "verify": Page(open=True),
    "verify_code": Page(open=True, ids={"code": "code"}),
    # visits
    "contact_log": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "contact": Page(ALL, ids={"pk": "contact_moment"}, writes=NOBODY),
    "contact_pdf": Page(ALL, ids={"pk": "contact_moment"}, writes=NOBODY),
    "contact_correct": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "contact_moment"}),
    "contact_confirm": Page(["supervisor"], [*STAFF, "student"], ids={"pk": "contact_moment"}, opened=302, post=True),
    "point_finish": Page(
        [*GUIDES, "student"], ["colleague", "manager", "supervisor"], ids={"pk": "point"}, opened=302, post=True
    ),
    "start_agreements": Page(ALL, ids=NUMBER, writes=NOBODY),
    "start_edit": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "start_pdf": Page(ALL, ids=NUMBER, writes=NOBODY),
    "guidance_new": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "guidance": Page(STAFF, OUTSIDE, ids={"pk": "guidance"}, writes=GUIDES),
    "watch": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "watch_stop": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER, opened=302, post=True),
    "agenda": Page([*GUIDES, "colleague"], writes=NOBODY),
    "agenda_address": Page([*GUIDES, "colleague"]),
    "agenda_feed": Page(open=True, fixed={"token": "geen-adres"}, opened=404, writes=NOBODY),
    "talks_together": Page(sent_on=[*GUIDES, "colleague"], writes=NOBODY),
    "talk_plan": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "talk"}),
    "talk_cancel": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "talk"}),
    "talk_prepare": Page(OUTSIDE, STAFF, ids={"pk": "planned"}),
    "talk_compare": Page(STAFF, ids={"pk": "planned"}, writes=NOBODY),
    "talk_skills": Page(STAFF, ids={"pk": "planned"}, writes=NOBODY),
    "leidraad_edit": Page(["coordinator"], STAFF[1:], ids={"pk": "programme"}),
    "talk_new": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "incidents": Page(EVERYBODY, writes=NOBODY),
    "incident_new": Page(["student"], [*STAFF, "supervisor"], query="plaatsing={number}"),
    "incident_counts": Page(["manager"], writes=NOBODY),
    "incident": Page(["student", "confidant"], ids={"number": "incident"}),
    "incident_step": Page(["student", "confidant"], ids={"number": "incident"}, post=True),
    "incident_settle": Page(["confidant"], ["student"], ids={"number": "incident"}, post=True),
    "duties": Page(STAFF, writes=["coordinator"]),
    "duty_remove": Page(["coordinator"], STAFF[1:], ids={"pk": "duty"}, opened=302, post=True),
    "requests": Page(EVERYBODY, writes=NOBODY),
    "requests_export": Page([*STAFF, *OFFICE], post=True),
    "requests_in_time": Page(["coordinator", "manager"], writes=NOBODY),
    "request_step": Page(GUIDES, ["colleague", "manager", "student"], ids={"number": "request"}),
    "request_close": Page(GUIDES, ["colleague", "manager", "student"], ids={"number": "request"}),
    "absences": Page([*GUIDES, "colleague"]),
    "absence_remove": Page(GUIDES, ids={"pk": "absence"}, opened=302, post=True),
    "request_new": Page([*GUIDES, *OUTSIDE], ["colleague", "manager"], query="plaatsing={number}"),
    "request": Page([*STAFF, "student"], ids={"number": "request"}, writes=GUIDES),
    "request_hand_over": Page(GUIDES, ["colleague", "manager", "student"], ids={"number": "request"}),
    # assessment
    "plans": Page(STAFF, ids={"pk": "programme"}, writes=["coordinator"]),
    "plan_edit": Page(STAFF, ids={"pk": "plan"}, writes=["coordinator"]),
    "plan_of_placement": Page(ALL, ids=NUMBER, writes=[*GUIDES, *OUTSIDE]),
    "plan_share": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER, opened=302, post=True),
    "interim": Page(ALL, ids=NUMBER, writes=[*GUIDES, *OUTSIDE]),
    "interim_new": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "interim_held": Page(ALL, ids={"pk": "interim"}, writes=NOBODY),
    "interim_tell": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "interim"}, post=True),
    "interim_pdf": Page(ALL, ids={"pk": "interim"}, writes=NOBODY),
    "hearing_delegate": Page(
        [*GUIDES, "supervisor"], ["colleague", "manager", "student"], ids=NUMBER, opened=302, post=True
    ),
    "delegated": Page(NOBODY, ids={"pk": "judgement"}),
    "final": Page(ALL, ids=NUMBER, writes=NOBODY),
    "own_view": Page(["student"], [*STAFF, "supervisor"], ids=NUMBER),
    "answer": Page(["student"], [*STAFF, "supervisor"], ids=NUMBER, post=True),
    "final_new": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "final_tell": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER, opened=302, post=True),
    "final_pdf": Page(ALL, ids=NUMBER, opened=404, writes=NOBODY),
    "hearing": Page([*STAFF, "supervisor"], ["student"], ids=NUMBER, writes=[*GUIDES, "supervisor"]),
    "goals": Page(ALL, ids=NUMBER, writes=NOBODY),
    "goals_pdf": Page(ALL, ids=NUMBER, fixed={"form": "leerdoelen"}, writes=NOBODY),
    "goal_new": Page([*GUIDES, "student"], ["colleague", "manager", "supervisor"], ids=NUMBER),
    "goal": Page([*GUIDES, "student"], ["colleague", "manager", "supervisor"], ids={"pk": "goal"}),
    "closing": Page(STAFF, OUTSIDE, ids=NUMBER, writes=GUIDES),
    "reopening": Page(["coordinator"], [*STAFF[1:], *OUTSIDE], ids=NUMBER),
    "keuzedelen": Page(ALL, ids=NUMBER, writes=GUIDES),
    "examining": Page(LEADERS, writes=NOBODY),
    "examining_export": Page(LEADERS, post=True),
    "examining_student": Page(LEADERS, [*TEACHERS, "student"], ids={"pk": "enrolment"}, writes=NOBODY),
    "examining_pdf": Page(LEADERS, [*TEACHERS, "student"], ids={"pk": "enrolment"}, writes=NOBODY),
    "equivalence_proof": Page(LEADERS, [*TEACHERS, "student"], ids={"pk": "enrolment"}),
    "equivalence_decision": Page(["manager"], [*GUIDES, "colleague", "student"], ids={"pk": "enrolment"}),
    "equivalence_pdf": Page([*STAFF, "student"], ids={"pk": "equivalence"}, writes=NOBODY),
    "left_out": Page(LEADERS, [*TEACHERS, "student"], ids=NUMBER),
    "counted_again": Page(LEADERS, [*TEACHERS, "student"], ids=NUMBER, opened=302, post=True),
    "statements": Page(["coordinator"], writes=NOBODY),
    "statement_new": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "enrolment"}),
    "statement_needless": Page(["coordinator"], [*STAFF[1:], "student"], ids={"pk": "enrolment"}),
    "statement_pdf": Page([*STAFF, "student"], ids={"pk": "statement"}, writes=NOBODY),
    "goal_evaluate": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "goal"}),
    "catalogue": Page(STAFF, ids={"pk": "programme"}, writes=NOBODY),
    "catalogue_new": Page(["coordinator"], STAFF[1:], ids={"pk": "programme"}),
    "catalogue_edit": Page(["coordinator"], STAFF[1:], ids={"pk": "task"}),
    "catalogue_pdf": Page(STAFF, ids={"pk": "task"}, writes=NOBODY),
    "assignments": Page(ALL, ids=NUMBER, writes=NOBODY),
    "assignments_hand_out": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids=NUMBER),
    "assignment_propose": Page(["supervisor"], [*STAFF, "student"], ids=NUMBER),
    "assignment_proposal": Page([*STAFF, "supervisor"], ids={"pk": "proposal"}, writes=GUIDES),
    "assignment": Page(ALL, ids={"pk": "handed"}, writes=NOBODY),
    "assignment_hand_in": Page(["student"], [*STAFF, "supervisor"], ids={"pk": "handed"}),
    "assignment_assess": Page([*GUIDES, "colleague", "supervisor"], ["manager", "student"], ids={"pk": "handed"}),
    "assignment_reopen": Page(GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "handed"}),
    "assignment_withdraw": Page(
        GUIDES, ["colleague", "manager", *OUTSIDE], ids={"pk": "handed"}, opened=302, post=True
    ),
    "assignment_fit": Page(OUTSIDE, STAFF, ids={"pk": "handed"}),
    "assignment_file": Page(ALL, ids={"pk": "handed", "version": "version"}, writes=NOBODY),
    "assignment_pdf": Page(ALL, ids={"pk": "handed"}, fixed={"form": "uitwerking"}, writes=NOBODY),
    "coverage": Page(ALL, ids=NUMBER, writes=NOBODY),
    "coverage_location": Page(STAFF, [*OFFICE, *COMPANY], ids={"sbb_id": "location"}, school_wide=True, writes=NOBODY),
    # exchange
    "imports": Page(["coordinator"]),
    "import_run": Page(["coordinator"], EVERYBODY, ids={"pk": "import"}, role_first=True),
    "import_template": Page(["coordinator"], fixed={"name": "studenten.csv"}, writes=NOBODY),
    # accounts: nobody here has a password, so what is for those with one is closed
    "profile": Page(EVERYBODY),
    "account_reauthenticate": Page(NOBODY),
    "account_change_password": Page(NOBODY),
    "mfa_index": Page(EVERYBODY, opened=302),
    "mfa_reauthenticate": Page(NOBODY),
    "mfa_activate_totp": Page(NOBODY),
    "mfa_deactivate_totp": Page(NOBODY),
    "mfa_view_recovery_codes": Page(NOBODY),
    "mfa_generate_recovery_codes": Page(NOBODY),
    "language": Page(open=True, post=True),
    "account_login": Page(open=True),
    "account_logout": Page(open=True),
    "account_inactive": Page(open=True),
    "mfa_authenticate": Page(open=True),
    "account_reset_password": Page(open=True),
    "account_reset_password_done": Page(open=True),
    "account_reset_password_from_key": Page(open=True, fixed={"uidb36": "1", "key": "x-y"}),
    "account_reset_password_from_key_done": Page(open=True),
    "ask_link": Page(open=True),
    "link_sent": Page(open=True),
    "enter_code": Page(open=True),
    "open_link": Page(open=True, fixed={"token": "x"}),
    # core
    "healthy": Page(open=True),
    "service_worker": Page(open=True),
    "accessibility": Page(open=True),
    "privacy": Page(open=True),
    "style": Page(open=True),
    "mailbox": Page(open=True),
    "mailbox_mail": Page(open=True, fixed={"pk": 10**9}),
    "mail_trouble": Page(["coordinator"], writes=NOBODY),
    "mail_again": Page(["coordinator"], EVERYBODY, ids={"pk": "mail"}, opened=302, post=True, role_first=True),
}
