from django.db import migrations, models


class Migration(migrations.Migration):
    """What was written down before waits for the professional too."""

    dependencies = [
        ("access", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.RenameField("consentrequest", "exempt_by", "rests_on"),
        migrations.RemoveField("consentrequest", "exempt_at"),
        migrations.AddField("consentrequest", "rests_told_at", models.DateTimeField(null=True)),
        migrations.AddField("consentrequest", "confirmed", models.BooleanField(null=True)),
        migrations.AddField("consentrequest", "confirmed_at", models.DateTimeField(null=True)),
    ]
