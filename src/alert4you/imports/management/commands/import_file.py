"""`alert4you import`: a look at a file, and with --yes what is right in it saved."""

import csv
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from alert4you.imports import queries
from alert4you.imports.commands import importing, lrk
from alert4you.imports.commands.working import work
from alert4you.imports.models import Import, Kind, Row
from alert4you.imports.rules.files import Unusable, lines
from alert4you.imports.rules.importing import LEFT
from alert4you.imports.rules.lrk import entries
from alert4you.kernel.clock import now
from alert4you.kernel.decision import Denied
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.queries import actor_of, system_actor
from alert4you.organisations.rules import RUNS_THE_PLACE

SHOWN = 20
NO_END = 7 * 24 * 3600.0  # seconds


class Command(BaseCommand):
    help = (
        "Look at a file of a planning system, or at the public register; --yes saves what is right."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is in the file, and on whose behalf it is loaded."""
        parser.add_argument("contents", choices=["lrk", *Kind.values])
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", help="whose file it is, by name")
        parser.add_argument(
            "--as", dest="email", help="the e-mail address of who runs the place there"
        )
        parser.add_argument("--yes", action="store_true", help="save what is right")
        parser.add_argument(
            "--left", type=Path, help="write the rows that stay out to this CSV file"
        )

    def handle(self, **options: Any) -> None:
        """CommandError when the file cannot be read, or when nobody may load it."""
        moment = now()
        try:
            with opened(reason="a file is loaded for nobody's eyes"):
                if options["contents"] == "lrk":
                    self._register(moment, options)
                else:
                    self._file(_actor(moment, options), options)
        except (Unusable, OSError) as error:
            raise CommandError(str(error)) from None
        except Denied as denied:
            decision = denied.decision
            raise CommandError(f"{decision.reason} {decision.instead}".strip()) from None

    def _register(self, moment: datetime, options: dict[str, Any]) -> None:
        with options["file"].open("rb") as content:
            rows = entries(lines(options["file"].name, content))
            filled = lrk.fill(system_actor(moment), rows, save=options["yes"])
        self._tell(filled.counts, filled.said, options["yes"])

    def _file(self, actor: Actor, options: dict[str, Any]) -> None:
        with options["file"].open("rb") as content:
            file = importing.bring(actor, options["contents"], options["file"].name, content)
        try:
            importing.name_columns(actor, file, file.columns)
            work(file.pk, actor.at, NO_END)
            file.refresh_from_db()
            if options["yes"]:
                importing.approve(actor, file)
                work(file.pk, actor.at, NO_END)
                file.refresh_from_db()
            self._tell(file.counts, _said(file), options["yes"])
            if options["left"]:
                _write(options["left"], file)
        finally:
            importing.forget(actor, file)

    def _tell(self, counts: Any, said: list[tuple[int, str]], saved: bool) -> None:
        for number, words in said[:SHOWN]:
            self.stdout.write(_("row %(n)s: %(words)s") % {"n": number, "words": words})
        if len(said) > SHOWN:
            self.stdout.write(_("and %(n)s rows more") % {"n": len(said) - SHOWN})
        told = [f"{counts[each]} {each.label}" for each in Row.Outcome if counts.get(each)]
        self.stdout.write(", ".join(told) or _("nothing to save"))
        if not saved:
            self.stdout.write(_("Nothing is saved yet: add --yes to save what is right."))


def _actor(moment: datetime, options: dict[str, Any]) -> Actor:
    hats = Membership.objects.on(moment.date()).filter(
        organisation__name=options["organisation"],
        person__email=(options["email"] or "").lower(),
        role__in=RUNS_THE_PLACE,
    )
    hat = hats.first()
    if hat is None:
        raise CommandError(
            "Say with --organisation whose file it is, and with --as who runs the place there."
        )
    return actor_of(hat, moment)


def _said(file: Import) -> list[tuple[int, str]]:
    rows = file.rows.filter(outcome__in=LEFT, saved=False).order_by("number")
    return list(rows.values_list("number", "message"))


def _write(path: Path, file: Import) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as content:
        csv.writer(content, delimiter=";").writerows(queries.left(file, _("why not")))
