"""The oldest part of a chain may go, for a cut at a signed root of five years ago, and for nothing else."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ABORT = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
CUT_OFF = """EXISTS (SELECT 1 FROM kernel_auditlink l JOIN kernel_auditcut c
    ON c.lane = l.lane AND c.seq >= l.seq WHERE l.record_id = OLD."""

SQLITE = [
    "DROP TRIGGER kernel_auditrecord_no_delete",
    "DROP TRIGGER kernel_auditlink_no_delete",
    f"""CREATE TRIGGER kernel_auditrecord_no_delete BEFORE DELETE ON kernel_auditrecord
        WHEN NOT {CUT_OFF}id) {ABORT}""",
    f"""CREATE TRIGGER kernel_auditlink_no_delete BEFORE DELETE ON kernel_auditlink
        WHEN NOT {CUT_OFF}record_id) {ABORT}""",
    *(
        f"CREATE TRIGGER kernel_auditcut_no_{verb.lower()} BEFORE {verb} ON kernel_auditcut {ABORT}"
        for verb in ("UPDATE", "DELETE")
    ),
    f"""CREATE TRIGGER kernel_auditcut_at_a_root BEFORE INSERT ON kernel_auditcut
        WHEN NOT EXISTS (SELECT 1 FROM kernel_auditroot r WHERE r.id = NEW.root_id
            AND r.at <= datetime(NEW.at, '-5 years')
            AND json_extract(r.lanes, '$."' || NEW.lane || '"[0]') = NEW.seq
            AND json_extract(r.lanes, '$."' || NEW.lane || '"[1]') = NEW.hash) {ABORT}""",  # noqa: S608
]
POSTGRESQL = [
    f"""CREATE FUNCTION audit_cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_TABLE_NAME = 'kernel_auditrecord' THEN
            IF {CUT_OFF}id) THEN RETURN OLD; END IF;
        ELSIF {CUT_OFF}record_id) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'the audit trail is append-only';
    END $$""",
    *(
        statement
        for table in ("kernel_auditrecord", "kernel_auditlink")
        for statement in (
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
            f"""CREATE TRIGGER {table}_cut_off BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_cut_off()""",
        )
    ),
    """CREATE TRIGGER kernel_auditcut_append_only BEFORE UPDATE OR DELETE ON kernel_auditcut
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    """CREATE TRIGGER kernel_auditcut_no_truncate BEFORE TRUNCATE ON kernel_auditcut
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
    """CREATE FUNCTION audit_cut_at_a_root() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM kernel_auditroot r WHERE r.id = NEW.root_id
            AND r.at <= NEW.at - interval '5 years'
            AND (r.lanes -> replace(NEW.lane::text, '-', '') ->> 0)::bigint = NEW.seq
            AND r.lanes -> replace(NEW.lane::text, '-', '') ->> 1 = NEW.hash)
        THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'the audit trail is append-only';
    END $$""",
    """CREATE TRIGGER kernel_auditcut_at_a_root BEFORE INSERT ON kernel_auditcut
    FOR EACH ROW EXECUTE FUNCTION audit_cut_at_a_root()""",
]


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


BACK_ON_SQLITE = [
    *(f"DROP TRIGGER kernel_auditcut_{name}" for name in ("no_update", "no_delete", "at_a_root")),
    *(
        statement
        for table in ("kernel_auditrecord", "kernel_auditlink")
        for statement in (
            f"DROP TRIGGER {table}_no_delete",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {ABORT}",
        )
    ),
]
BACK_ON_POSTGRESQL = [
    *(f"DROP FUNCTION {name} CASCADE" for name in ("audit_cut_off", "audit_cut_at_a_root")),
    "DROP TRIGGER kernel_auditcut_append_only ON kernel_auditcut",
    "DROP TRIGGER kernel_auditcut_no_truncate ON kernel_auditcut",
    *(
        statement
        for table in ("kernel_auditrecord", "kernel_auditlink")
        for statement in (
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
        )
    ),
]


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    back = BACK_ON_SQLITE if editor.connection.vendor == "sqlite" else BACK_ON_POSTGRESQL
    for statement in back:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only_audit")]
    operations = [migrations.RunPython(guard, unguard)]
