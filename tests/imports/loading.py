"""Loading a file as somebody would: bring it, take the guessed columns, and say yes."""

import io

from alert4you.imports.commands import importing
from alert4you.imports.commands.working import work
from alert4you.imports.models import Import
from tests.cast import Cast

LONG = 60.0


def look(cast: Cast, kind: str, text: str, who: str = "marit", name: str = "f.csv") -> Import:
    """The file as it waits for a yes."""
    actor = cast.actor(who)
    file = importing.bring(actor, kind, name, io.BytesIO(text.encode()))
    importing.name_columns(actor, file, file.columns)
    work(file.pk, actor.at, LONG)
    file.refresh_from_db()
    return file


def load(cast: Cast, kind: str, text: str, who: str = "marit") -> Import:
    """The file saved."""
    file = look(cast, kind, text, who)
    importing.approve(cast.actor(who), file)
    work(file.pk, cast.actor(who).at, LONG)
    file.refresh_from_db()
    return file


def why(file: Import) -> dict[int, str]:
    """What is said about each row that stays out, by its number."""
    left = file.rows.filter(outcome__in=("asks", "cannot"), saved=False)
    return dict(left.values_list("number", "message"))
