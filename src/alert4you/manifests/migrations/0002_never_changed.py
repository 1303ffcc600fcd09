"""What went along, and who signed for it, is never changed; only retention takes it away whole."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = ("manifests_manifest", "manifests_signed")

SQLITE = [
    f"""CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, 'what was handed over is never changed'); END"""
    for table in KEPT
]
POSTGRESQL = [
    """CREATE FUNCTION manifest_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what was handed over is never changed'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION manifest_never_changed()"""
        for table in KEPT
    ),
]


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in KEPT:
        where = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER {table}_never_changed{where}")
    if editor.connection.vendor != "sqlite":
        editor.execute("DROP FUNCTION manifest_never_changed()")


class Migration(migrations.Migration):
    dependencies = [("manifests", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
