"""What stands beside an entry says itself by which right: its readers may not know of the request."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def take_over(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    remarks = apps.get_model("rights", "Remark")._base_manager
    requests = apps.get_model("rights", "RightsRequest")._base_manager
    asked = requests.filter(pk=OuterRef("request")).values("right")
    remarks.update(right=Subquery(asked))


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="right",
            field=models.CharField(
                choices=[
                    ("access", "seeing everything, and a copy"),
                    ("correction", "setting something right"),
                    ("statement", "own words beside what is written"),
                    ("erasure", "deleting"),
                    ("portability", "taking along what you gave yourself"),
                    ("restriction", "using it less for a while"),
                    ("objection", "not agreeing with how it is used"),
                ],
                default="statement",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
