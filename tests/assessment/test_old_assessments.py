"""The migration that divides the old table of assessments: nothing that was written is lost (BEO-06, BEO-09, S8-c)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessment.models import CompanyJudgement, Final, Interim
from tests.builders import a_placement

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MIDTERM, FINAL = date(2026, 11, 20), date(2027, 1, 29)
AT = datetime(2027, 1, 29, 15, tzinfo=AMSTERDAM)
SAID = "Oordeel van de school: voldoende. Oordeel van het leerbedrijf (Ilse, 20-11-2026): goed. Sterk."
WHY = "Wij zagen meer."
FINALS = [  # was there an interim, what the leerbedrijf thought, the one reason; then: why it differs, why all the same
    (True, "v", "", "", ""),
    (True, "o", WHY, WHY, ""),
    (False, "v", WHY, "", WHY),
    (False, "o", WHY, WHY, WHY),
]


def migrate(name=""):
    """To this migration, or to the last one."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    return executor.migrate([("assessment", name)] if name else executor.loader.graph.leaf_nodes("assessment"))


def an_old_one(model, placement, kind, **fields):
    values = {"score": "v", "text": "Goed bezig.", "company_text": "Sterk.", "company_heard": "Ilse", "exception": ""}
    held_on = MIDTERM if kind == "midterm" else FINAL
    values |= {"held_on": held_on, "company_heard_on": held_on, "decided_at": AT, "company_score": "g"}
    values |= {"placement_id": placement.pk, "decided_by_id": placement.teacher_id}
    model.objects.create(kind=kind, **values | fields)


@pytest.mark.django_db
def test_every_word_is_kept():
    talked, *decided = [a_placement() for _one in range(1 + len(FINALS))]
    old = migrate("0005_decisions").apps.get_model("assessment", "Assessment")
    an_old_one(old, talked, "midterm")
    an_old_one(old, talked, "midterm", text="Nog een gesprek.")
    for placement, (interim, company, reason, *_then) in zip(decided, FINALS, strict=True):
        if interim:
            an_old_one(old, placement, "midterm")
        an_old_one(old, placement, "final", company_score=company, company_heard_on=MIDTERM, exception=reason)
    migrate()

    found = Interim.objects.get(placement=talked)
    assert (found.held_on, found.good) == (MIDTERM, "Goed bezig.\n\nNog een gesprek.")
    assert (found.attention, found.is_complete) == (f"{SAID}\n\n{SAID}", False)
    assert not CompanyJudgement.objects.filter(placement=talked).exists()
    for placement, (_interim, company, _reason, difference, override) in zip(decided, FINALS, strict=True):
        final, heard = Final.objects.get(placement=placement), CompanyJudgement.objects.get(placement=placement)
        assert (final.version, final.is_current, final.held_on, final.adopted_at) == (1, True, FINAL, AT)
        assert (final.score, final.text, final.difference, final.override) == ("v", "Goed bezig.", difference, override)
        assert (heard.score, heard.good, heard.assessor, heard.way) == (company, "Sterk.", "Ilse", "talk")
        assert heard.submitted_at == datetime(2026, 11, 20, 12, tzinfo=AMSTERDAM)
