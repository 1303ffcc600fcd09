from django.db import migrations, models

from alert4you.kernel.migrating import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("access", "0002_confirm")]
    operations = [
        AddIndexConcurrently(
            "entry", models.Index(fields=["organisation", "kind"], name="entry_organisation_kind")
        ),
    ]
