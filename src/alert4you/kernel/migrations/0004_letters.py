"""A letter says what kind of row it is about, and when it is tried again."""

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_cut")]

    operations = [
        migrations.AlterModelOptions(
            name="letter",
            options={
                "verbose_name": "message that waits",
                "verbose_name_plural": "messages that wait",
            },
        ),
        migrations.RemoveField(model_name="letter", name="tried_at"),
        migrations.AddField(
            model_name="letter",
            name="kind",
            field=models.CharField(default="", max_length=60, verbose_name="about"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="made_at",
            field=models.DateTimeField(default=timezone.now, verbose_name="first tried"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="next_at",
            field=models.DateTimeField(default=timezone.now, verbose_name="next try"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(sent_at=None), fields=["next_at"], name="letter_waits"
            ),
        ),
    ]
