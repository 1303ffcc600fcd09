"""On PostgreSQL what is told together is chained together: the end of a lane is written once per statement."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TOGETHER = """CREATE FUNCTION audit_chain_together() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE told record; in_lane uuid; now_seq bigint; now_hash text;
    BEGIN
        FOR told IN SELECT id, lane, digest FROM added ORDER BY lane, id LOOP
            IF told.lane IS DISTINCT FROM in_lane THEN
                UPDATE kernel_auditlane SET seq = now_seq, hash = now_hash WHERE lane = in_lane;
                in_lane := told.lane;
                INSERT INTO kernel_auditlane (lane, seq, hash) VALUES (in_lane, 0, '')
                    ON CONFLICT DO NOTHING;
                SELECT seq, hash INTO now_seq, now_hash FROM kernel_auditlane
                    WHERE lane = in_lane FOR NO KEY UPDATE;
            END IF;
            now_seq := now_seq + 1;
            now_hash := encode(sha256(convert_to(now_hash || now_seq || told.digest, 'UTF8')), 'hex');
            INSERT INTO kernel_auditlink (record_id, lane, seq, hash)
                VALUES (told.id, in_lane, now_seq, now_hash);
        END LOOP;
        UPDATE kernel_auditlane SET seq = now_seq, hash = now_hash WHERE lane = in_lane;
        RETURN NULL;
    END $$"""
DROP = "DROP TRIGGER kernel_auditrecord_chain ON kernel_auditrecord"
CREATE = "CREATE TRIGGER kernel_auditrecord_chain AFTER INSERT ON kernel_auditrecord"


def together(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(TOGETHER)
        editor.execute(DROP)
        editor.execute(
            f"{CREATE} REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
            " EXECUTE FUNCTION audit_chain_together()"
        )


def one_by_one(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP)
        editor.execute("DROP FUNCTION audit_chain_together")
        editor.execute(f"{CREATE} FOR EACH ROW EXECUTE FUNCTION audit_chain()")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_given_up")]
    operations = [migrations.RunPython(together, one_by_one)]
