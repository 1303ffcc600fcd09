from django.db import migrations, models

from alert4you.kernel.migrating import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("children", "0003_born"),
        ("imports", "0001_initial"),
        ("organisations", "0002_sessions"),
    ]
    operations = [
        AddIndexConcurrently(
            "reference",
            models.Index(fields=["child", "organisation"], name="reference_of_child"),
        ),
    ]
