"""The wall on PostgreSQL: row-level security, forced, with a database role for every role of a hat.

The server connects as a member of ``alert4you_serving``: no owner, no BYPASSRLS, and by itself nothing of the
tables about people. It puts on the role of a hat for one transaction (`kernel.postgresql.base`), or
``alert4you_acting`` to carry out a command.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from time import sleep
from typing import Any

from django.contrib.postgres.operations import ValidateConstraint
from django.db import OperationalError, transaction
from django.db.migrations import operations as known
from psycopg.sql import Literal

from alert4you.kernel.compiled import Slot
from alert4you.kernel.migrating import CreateModels
from alert4you.kernel.policies import guarded_models
from alert4you.kernel.wall.clauses import clauses, facts_views, parent_of
from alert4you.kernel.wall.names import ACTING, DOOR, FACTS, NOBODY, SERVING, SETS, role_of
from alert4you.kernel.wall.sets import ONE_BY_ONE, Sets

HAT = "current_setting('alert4you.{}', true)"
TYPES = {
    "person_id": "uuid",
    "organisation_id": "uuid",
    "membership_id": "uuid",
    "at": "timestamptz",
}
TODAY = f"nullif({HAT.format('today')}, '')::date"
MADE = """DO $$ BEGIN CREATE ROLE {role} NOLOGIN NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
JOINED = """DO $$ BEGIN
IF NOT pg_has_role('{member}', '{role}', 'MEMBER') THEN GRANT {role} TO {member}; END IF;
EXCEPTION WHEN unique_violation OR internal_error THEN NULL; END $$"""
# What a migration may do while the wall stands: no column goes or changes that it may be made of.
BESIDE = (
    known.CreateModel,
    known.AddField,
    known.AddIndex,
    known.RemoveIndex,
    known.AddConstraint,
    known.RemoveConstraint,
    known.AlterModelOptions,
    known.RunPython,
    CreateModels,
    ValidateConstraint,
)
MOMENT, TRIES = "500ms", 20
# What stands, as the database tells it: whatever somebody changed by hand shows.
STANDS = f"""SELECT string_agg(told, ' ' ORDER BY told) FROM (
SELECT current_user::text AS told
UNION ALL SELECT concat_ws(' ', tablename, policyname, permissive, roles, cmd, qual, with_check)
    FROM pg_policies
UNION ALL SELECT concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity, relacl,
    CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')
UNION ALL SELECT concat(pg_get_functiondef(oid), proacl) FROM pg_proc WHERE proname ^@ '{SETS}'
UNION ALL SELECT concat_ws(' ', one.rolname, role.rolname) FROM pg_auth_members
    JOIN pg_roles one ON one.oid = member JOIN pg_roles role ON role.oid = roleid
    WHERE one.rolname = '{SERVING}'
) standing"""  # noqa: S608 - our own names


def take_down(connection: Any) -> None:
    """What depends on columns goes; that nothing is shown without a policy stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies"
            " WHERE schemaname = 'public' AND starts_with(policyname, 'hat')"
        )
        for table, policy in cursor.fetchall():
            cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
        cursor.execute(
            "SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname ^@ ANY (%s)",
            [[FACTS, SETS]],
        )
        for (view,) in cursor.fetchall():
            cursor.execute(f'DROP VIEW IF EXISTS "{view}" CASCADE')
        cursor.execute("SELECT proname FROM pg_proc WHERE proname ^@ %s", [SETS])
        for (function,) in cursor.fetchall():
            cursor.execute(f'DROP FUNCTION "{function}"')


def build(connection: Any, hat: type, roles: Iterable[str]) -> None:
    """Roles, rights, facts and policies, from the policies as they are now; nothing when they stand so.

    All of it at once: who looks meanwhile waits a moment, and is never shown more or refused.
    Raises ProgrammingError when the connecting role may not make roles.
    """
    statements = [
        *_roles(list(roles)),
        *facts_views(hat, list(roles)),
        *_rights(list(roles)),
        *_policies(hat, list(roles)),
    ]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        if _noted(cursor) == _seal(cursor, statements):
            return
        _wait_until_nobody_looks(connection.alias, cursor)
        take_down(connection)
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON TABLE django_migrations IS '{_seal(cursor, statements)}'")


def _seal(cursor: Any, statements: list[str]) -> str:
    """A digest of the wanted and the current definitions; equals the noted one when nothing changed since."""
    cursor.execute(STANDS)
    (stands,) = cursor.fetchone()
    return f"wall {sha256(' '.join([*statements, stands]).encode()).hexdigest()}"


def _noted(cursor: Any) -> str:
    cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
    return str(cursor.fetchone()[0])


def _wait_until_nobody_looks(alias: str, cursor: Any) -> None:
    """And until nobody copies a table. A moment at a time: who comes meanwhile waits behind us.

    Who looks holds the door before any table, so nobody has a table we wait for while waiting for us.
    """
    tables = ", ".join(f'"{table}"' for table in guarded_models())
    # A vacuum gives way to this, and nobody else is in its way.
    cursor.execute(f"LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE")
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(alias):
                cursor.execute(f"SET LOCAL statement_timeout = '{MOMENT}'")
                cursor.execute(f"SELECT pg_advisory_xact_lock({DOOR})")
                cursor.execute(f"LOCK TABLE {tables}")
                cursor.execute("SET LOCAL statement_timeout = DEFAULT")
            return
        except OperationalError:
            if not left:
                raise
            sleep(1)


def passes_by(connection: Any) -> str:
    """The name of the connecting role when row-level security does not hold for it; else empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls"
            " OR EXISTS (SELECT FROM pg_class WHERE relkind = 'r' AND relowner = pg_roles.oid))"
        )
        return str((cursor.fetchone() or ("",))[0])


def _roles(roles: list[str]) -> Iterator[str]:
    worn = [ACTING, *map(role_of, [*roles, NOBODY])]
    for role in (SERVING, *worn):
        yield MADE.format(role=role)
    for role in worn:
        yield JOINED.format(member=SERVING, role=role)


def _rights(roles: list[str]) -> Iterator[str]:
    """Everybody may work with what is not about people; that is read by hats and written by commands."""
    hats = ", ".join(map(role_of, [*roles, NOBODY]))
    guarded = ", ".join(f'"{table}"' for table in guarded_models())
    everyone = f"{SERVING}, {ACTING}, {hats}"
    yield f"GRANT USAGE ON SCHEMA public TO {everyone}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {everyone}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {everyone}"
    yield f"REVOKE ALL ON {guarded} FROM {SERVING}, {hats}"
    yield f"GRANT SELECT ON {guarded} TO {hats}"


def _policies(hat: type, roles: list[str]) -> Iterator[str]:
    for table, model in guarded_models().items():
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        for name, role in (("owner", "CURRENT_USER"), ("acting", ACTING)):
            yield f'DROP POLICY IF EXISTS "{name}" ON "{table}"'
            yield f'CREATE POLICY "{name}" ON "{table}" TO {role} USING (true) WITH CHECK (true)'
        if parent := parent_of(model):
            hats = ", ".join(map(role_of, roles))
            same = f'decides."{parent.key}" = "{table}"."{parent.link}"'
            row = f'SELECT FROM "{parent.table}" decides WHERE {same}'
            seen = f"EXISTS ({row}{ONE_BY_ONE})"
            yield f'CREATE POLICY "hat" ON "{table}" FOR SELECT TO {hats} USING ({seen})'
    sets = Sets()
    asked = [
        (role, table, sets.asked(condition))
        for role in roles
        for table, condition in clauses(hat, role, _written, str)
    ]
    yield from sets.statements(", ".join(map(role_of, roles)))
    for role, table, seen in asked:
        named = f'"hat_{role}" ON "{table}"'
        yield f"CREATE POLICY {named} FOR SELECT TO {role_of(role)} USING ({seen})"


def _written(slot: Slot | None, value: Any) -> str:
    if slot is None:
        return Literal(value).as_string(None)
    match slot.name:
        case "today":
            return f"({TODAY} + ({slot.off}))"
        case "birthday":
            return f"({TODAY} - interval '{slot.off} years')::date"
        case "weekday":
            return f"(extract(isodow FROM {TODAY})::int - 1)"
    return f"nullif({HAT.format(slot.name)}, '')::{TYPES[slot.name]}"
