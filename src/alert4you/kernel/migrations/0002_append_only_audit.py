"""The audit trail only grows, and every new row is chained to the one before it in its lane.

The database itself refuses to change or remove a row, and puts each new one at the end of the chain.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = ("kernel_auditrecord", "kernel_auditlink", "kernel_auditroot")

SQLITE = [
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"""
        for table in KEPT
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER kernel_auditrecord_chain AFTER INSERT ON kernel_auditrecord BEGIN
        INSERT INTO kernel_auditlane (lane, seq, hash) SELECT NEW.lane, 0, ''
            WHERE NOT EXISTS (SELECT 1 FROM kernel_auditlane WHERE lane = NEW.lane);
        UPDATE kernel_auditlane SET hash = sha256(hash || (seq + 1) || NEW.digest), seq = seq + 1
            WHERE lane = NEW.lane;
        INSERT INTO kernel_auditlink (record_id, lane, seq, hash)
            SELECT NEW.id, lane, seq, hash FROM kernel_auditlane WHERE lane = NEW.lane;
        END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION audit_append_only()"""
        for table in KEPT
    ),
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"""
        for table in KEPT
    ),
    """CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE now_seq bigint; now_hash text;
    BEGIN
        INSERT INTO kernel_auditlane (lane, seq, hash) VALUES (NEW.lane, 0, '') ON CONFLICT DO NOTHING;
        UPDATE kernel_auditlane SET seq = seq + 1,
            hash = encode(sha256(convert_to(hash || (seq + 1) || NEW.digest, 'UTF8')), 'hex')
            WHERE lane = NEW.lane RETURNING seq, hash INTO now_seq, now_hash;
        INSERT INTO kernel_auditlink (record_id, lane, seq, hash)
            VALUES (NEW.id, NEW.lane, now_seq, now_hash);
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER kernel_auditrecord_chain AFTER INSERT ON kernel_auditrecord
    FOR EACH ROW EXECUTE FUNCTION audit_chain()""",
]


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        for table in KEPT:
            for verb in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        editor.execute("DROP TRIGGER kernel_auditrecord_chain")
        return
    for name in ("audit_append_only", "audit_chain"):
        editor.execute(f"DROP FUNCTION {name} CASCADE")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
