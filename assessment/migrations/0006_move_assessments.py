"""What was one table of interim and final assessments becomes interims, finals, and judgements of the leerbedrijf."""

from django.db import migrations


def move(apps, schema_editor):
    models = {name: apps.get_model("assessment", name) for name in ("Assessment", "Interim", "Final", "CompanyJudgement")}
    for old in models["Assessment"].objects.order_by("held_on", "pk"):
        if old.kind == "midterm":
            models["Interim"].objects.get_or_create(
                placement_id=old.placement_id,
                held_on=old.held_on,
                defaults={
                    "good": old.text,
                    "attention": old.company_text or old.text,
                    "established_by_id": old.decided_by_id,
                    "established_at": old.decided_at,
                },
            )
            continue
        models["Final"].objects.create(
            placement_id=old.placement_id,
            held_on=old.held_on,
            score=old.score,
            text=old.text,
            difference=old.exception if old.score != old.company_score else "",
            override=old.exception if old.score == old.company_score else "",
            adopted_by_id=old.decided_by_id,
            adopted_at=old.decided_at,
        )
        judged, _new = models["CompanyJudgement"].objects.get_or_create(placement_id=old.placement_id)
        if judged.submitted_at is None:
            judged.score, judged.good, judged.assessor = old.company_score, old.company_text, old.company_heard
            judged.way, judged.by_id, judged.submitted_at = "talk", old.decided_by_id, old.decided_at
            judged.save()


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_decisions")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
