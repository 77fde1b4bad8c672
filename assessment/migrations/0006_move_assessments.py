"""What was one table of interim and final assessments becomes interims, finals, and judgements of the leerbedrijf."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations

SCORES = {"o": "onvoldoende", "v": "voldoende", "g": "goed"}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def move(apps, schema_editor):
    for old in apps.get_model("assessment", "Assessment").objects.order_by("held_on", "pk"):
        deed = _interim if old.kind == "midterm" else _final
        deed(apps, old)


def _interim(apps, old):
    """Scores have no place in an interim any more: they stay as words. Two of one day become one."""
    Interim = apps.get_model("assessment", "Interim")
    said = (
        f"Oordeel van de school: {SCORES[old.score]}. Oordeel van het leerbedrijf ({old.company_heard}, "
        f"{old.company_heard_on:%d-%m-%Y}): {SCORES[old.company_score]}. {old.company_text} {old.exception}"
    ).strip()
    made, is_new = Interim.objects.get_or_create(
        placement_id=old.placement_id,
        held_on=old.held_on,
        defaults={
            "good": old.text,
            "attention": said,
            "established_by_id": old.decided_by_id,
            "established_at": old.decided_at,
        },
    )
    if not is_new:
        made.good, made.attention = f"{made.good}\n\n{old.text}", f"{made.attention}\n\n{said}"
        made.save()


def _final(apps, old):
    """The one reason was asked for two things: that there was no interim, or that the school judged otherwise."""
    CompanyJudgement, Interim = (apps.get_model("assessment", name) for name in ("CompanyJudgement", "Interim"))
    differs = old.score != old.company_score
    has_interim = Interim.objects.filter(placement_id=old.placement_id, held_on__lte=old.held_on).exists()
    apps.get_model("assessment", "Final").objects.create(
        placement_id=old.placement_id,
        held_on=old.held_on,
        score=old.score,
        text=old.text,
        difference=old.exception if differs else "",
        override=old.exception if not (has_interim and differs) else "",
        adopted_by_id=old.decided_by_id,
        adopted_at=old.decided_at,
    )
    judged, _new = CompanyJudgement.objects.get_or_create(placement_id=old.placement_id)
    if judged.submitted_at is None:
        judged.score, judged.good, judged.assessor = old.company_score, old.company_text, old.company_heard
        judged.way, judged.by_id = "talk", old.decided_by_id
        judged.submitted_at = datetime.combine(old.company_heard_on, time(12), AMSTERDAM)
        judged.save()


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_decisions")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
