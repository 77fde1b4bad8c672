from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessment", "0006_move_assessments")]
    operations = [migrations.DeleteModel(name="Assessment")]
