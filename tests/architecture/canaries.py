"""A word of its own in every text of every row, where it came out, and who may read it there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpResponse
from pypdf import PdfReader

TOKEN = re.compile(r"xq\d{4}x", re.IGNORECASE)
TEXT = (models.CharField, models.TextField, models.JSONField)
NO_WORDS = (models.SlugField, models.URLField)
# Texts that the program reads, and nobody else: codes, keys, digests, and practices as they are written.
CODES = """
    organisations.Person.password organisations.Issuer.url organisations.Issuer.client_id
    organisations.Issuer.sealed_secret organisations.Identity.subject
    organisations.SignInCode.digest organisations.Attempt.key tablets.Pin.hashed
    organisations.Session.session_key organisations.Session.session_data
    access.ConsentRequest.text_version access.Signature.text_version access.ReviewLine.role
    practices.PracticeTemplate.text practices.Draft.text
    trajectories.Trajectory.phase trajectories.Part.role trajectories.Step.phase
    trajectories.Step.activity trajectories.Decision.gate trajectories.Decision.choice
    trajectories.Decision.leads_to trajectories.Move.phase trajectories.Voice.gate
    meetings.CalendarFeed.token_hash retention.ChosenTerm.kind
    rights.Delivery.digest funding.MoneyLine.stream funding.Agreement.stream
    funding.QuestionSet.stream funding.QuestionSet.questions
    imports.Import.language imports.Row.key imports.Reference.key imports.ColumnNames.fields
    offline.Arrival.digest offline.Arrival.key offline.Arrival.kind offline.Arrival.sealed
    api.Application.digest api.Token.digest api.Webhook.sealed_secret
    offline.SealingKey.public offline.SealingKey.sealed_private offline.Kept.sealed
    """


@dataclass(frozen=True)
class Canary:
    """One text of one row."""

    model: type[models.Model]
    pk: object
    field: str

    @property
    def where(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    @property
    def row(self) -> tuple[str, object]:
        return self.model._meta.label, self.pk


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field of our models that holds words of people."""
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("alert4you.") or label.startswith("kernel."):
            continue
        for field in model._meta.local_concrete_fields:
            words = isinstance(field, TEXT) and not isinstance(field, NO_WORDS)
            if words and not field.choices and f"{label}.{field.name}" not in CODES.split():
                yield model, field


def plant(words: str) -> Mapping[str, Canary]:
    """Give every text of every row a word that stands nowhere else; answers whose each word is.

    Lists and tables within a row get it instead of ``words`` (an expression) and a number.
    What can never be changed was written with such a word: it is kept.
    """
    planted, numbers = {}, count(1)
    for model, field in texts():
        for key, stored in _rows(model, field):
            if TOKEN.fullmatch(stored):
                planted[stored] = Canary(model, model._meta.pk.to_python(key), field.name)
                continue
            token = f"xq{next(numbers):04}x"
            written = token
            if isinstance(field, models.EmailField):
                written = f"{token}@example.org"
            if isinstance(field, models.JSONField):
                written = re.sub(rf"{words}\d+", token, stored)
            if written != stored and _write(model, field, key, written):
                planted[token] = Canary(model, model._meta.pk.to_python(key), field.name)
    return planted


def keys(model: type[models.Model]) -> set[object]:
    """Of every row, past every policy."""
    table, key = model._meta.db_table, model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{key.column}" FROM "{table}"')
        return {key.to_python(row[0]) for row in cursor.fetchall()}


def _rows(model: type[models.Model], field: models.Field) -> list[tuple[Any, str]]:
    table, key, column = model._meta.db_table, model._meta.pk.column, field.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{key}", "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY "{key}"'
        )
        return cursor.fetchall()


def _write(model: type[models.Model], field: models.Field, key: Any, words: str) -> bool:
    """Past all rules but those of the database itself: some texts must be empty."""
    table, column = model._meta.db_table, field.column
    sql = f'UPDATE "{table}" SET "{column}" = %s WHERE "{model._meta.pk.column}" = %s'
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [words, key])
    except IntegrityError:
        return False
    return True


def seen(words: str) -> set[str]:
    return {found.lower() for found in TOKEN.findall(words)}


def told(response: HttpResponse) -> str:
    """Everything a response says: what it holds, decoded, and what its headers tell."""
    body = response.getvalue() if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{unquote(headers)} {decoded(body)}"


@lru_cache(maxsize=256)
def decoded(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parcel:
            return " ".join(decoded(parcel.read(name)) for name in parcel.namelist())
    folded = re.compile(r"\r\n[ \t]")
    return folded.sub("", unescape(unquote(body.decode(errors="replace"))))


def posted(mails: Iterable[EmailMessage]) -> str:
    """What mails tell: everything but the addresses they go to."""
    return " ".join(
        f"{mail.subject} {mail.body} {mail.extra_headers} {mail.attachments} {mail.from_email}"
        for mail in mails
    )
