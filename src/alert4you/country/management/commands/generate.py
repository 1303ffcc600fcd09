"""`alert4you generate --children N --seed S`: fill an empty installation with a country to test with."""

from argparse import ArgumentParser
from collections.abc import Iterator
from os import times
from secrets import token_urlsafe
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from alert4you.country.generating import NotEmpty, generate
from alert4you.kernel.wall.names import ACTING, SERVING
from alert4you.organisations.models import Membership, Role

WRITES_TABLES = f"""SELECT pg_has_role('{ACTING}', 'MEMBER')
AND has_table_privilege('children_child', 'INSERT')"""


class Command(BaseCommand):
    help = "Fill an empty installation with a plausible country; every person in it is invented."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, children: int, seed: int, **options: Any) -> None:
        """CommandError (status 1) when there are people in this installation, or no tables."""
        if not connection.introspection.table_names():
            raise CommandError("There are no tables here yet: run `alert4you migrate` first.")
        if connection.vendor == "postgresql" and not _writes_tables():
            raise CommandError(
                "A country is written by the owner of the tables, who plays everybody in it: name that one "
                f"in DATABASE_URL, and GRANT {SERVING} TO it."
            )
        start = monotonic()
        try:
            country = generate(children, seed, self.stdout.write)
        except NotEmpty as refused:
            raise CommandError(
                "There are people in this installation, so nothing was written. "
                "Name an empty one: ALERT4YOU_DATABASE or DATABASE_URL."
            ) from refused
        self.stdout.write(
            f"{country.children:,} children, {country.locations:,} locations of "
            f"{country.operators:,} operators, {country.rows:,} rows in {monotonic() - start:.0f} s, "
            f"of which {sum(times()[:4]):.0f} s of processor here"
        )
        for email, task, password in _doors():
            self.stdout.write(f"sign in as {email} ({task}) with {password}")


def _writes_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WRITES_TABLES)
        return bool(cursor.fetchone()[0])


def _doors() -> Iterator[tuple[str, str, str]]:
    """One of each hat gets a password; it is made of chance, and kept nowhere."""
    for role in (Role.GROUP_WORKER, Role.COACH, Role.CARE_COORDINATOR, Role.MANAGER):
        hat = Membership.objects.filter(role=role, person__email__isnull=False).earliest("pk")
        password = token_urlsafe(12)
        hat.person.set_password(password)
        hat.person.save(update_fields=["password"])
        yield str(hat.person.email), hat.task, password
