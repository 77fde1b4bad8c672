from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_cache_table")]
    operations = [
        migrations.AlterField(
            "outboxmail",
            "key",
            models.CharField(max_length=400, unique=True, help_text="kind, object, version and receiver"),
        ),
        migrations.AddField(
            "outboxmail",
            "one_time",
            models.BooleanField(default=False, help_text="holds a link or code: goes first, wiped once sent"),
        ),
    ]
