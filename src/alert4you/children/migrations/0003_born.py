from django.db import migrations, models

from alert4you.kernel.migrating import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("children", "0002_own_people")]
    operations = [
        AddIndexConcurrently("child", models.Index(fields=["born"], name="child_born")),
    ]
