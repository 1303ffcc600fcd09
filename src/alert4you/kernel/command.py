"""The one way to change data: who may is stated above what happens."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import partial, wraps
from hashlib import sha256
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from alert4you.kernel import audit
from alert4you.kernel.decision import Decision, Denied, NotVisible
from alert4you.kernel.kept import Exactly, kept
from alert4you.kernel.models import AuditRecord, Receipt
from alert4you.kernel.wall.standing import opened

P = ParamSpec("P")
R = TypeVar("R")

HELD = "what a command changes is locked while its rule judges"
COMMANDS: dict[str, Callable[..., Any]] = {}


def command(
    rule: Callable[..., Decision], *, counts_in: str = ""
) -> Callable[[Callable[P, R]], Callable[..., R]]:
    """Make a function the command that the rule guards.

    The rule gets those arguments of the command that it names. What it refuses raises ``Denied`` and
    is recorded as refused. What it allows runs in one transaction with its audit record; the result
    tells about whom it is (``subject_id``). With ``once=<uuid>`` a repeat of the same by the same hat
    answers the first result and does nothing; the same form with other words is something else.
    The rule judges in that transaction, after who is busy with the same: the first row the command is
    given, and that in which the rule counts (``counts_in``: "placement.group").
    """

    def decorate(change: Callable[P, R]) -> Callable[..., R]:
        name = f"{change.__module__.split('.')[1]}.{change.__name__}"
        shape, asks = inspect.signature(change), inspect.signature(rule).parameters

        def carry_out(given: dict[str, Any]) -> R:
            _hold(_concerned(given, counts_in))
            _require(rule(**{key: given[key] for key in asks}))
            result = change(**given)  # type: ignore[call-arg]
            _record(given["actor"], AuditRecord.Outcome.DONE, name, result, *given.values())
            return result

        @wraps(change)
        def run(actor: Any, *args: Any, once: UUID | None = None, **kwargs: Any) -> R:
            given = _given(shape, (actor, *args), kwargs)
            act = partial(carry_out, given)
            if once is None:
                act = transaction.atomic(act)
            else:
                act = partial(_only_once, _key(once, name, given), actor, act)
            return _acting(name, act, actor, *args, *kwargs.values())

        run.rule = rule  # type: ignore[attr-defined]
        COMMANDS[name] = run
        return run

    return decorate


def _given(shape: inspect.Signature, args: Any, kwargs: Any) -> dict[str, Any]:
    """What a command was given, by name, defaults included."""
    bound = shape.bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


def _require(decision: Decision) -> None:
    if not decision:
        raise Denied(decision)


def _acting(name: str, act: Callable[[], R], actor: Any, *about: object) -> R:
    """Carried out for nobody's eyes; what a rule refuses is kept too."""
    try:
        with opened(reason="a command"):
            return act()
    except Denied:
        _record(actor, AuditRecord.Outcome.REFUSED, name, *about)
        raise


def _concerned(given: Mapping[str, Any], counts_in: str) -> list[models.Model]:
    """The first row a command was given, and the one in which its rule counts."""
    first = next((each for each in given.values() if isinstance(each, models.Model)), None)
    counted = attrgetter(counts_in)(SimpleNamespace(**given)) if counts_in else None
    return [row for row in (first, counted) if row is not None and not row._state.adding]


def _hold(rows: Iterable[models.Model]) -> None:
    """Lock the rows until the end of the transaction, and tell them what stands in the database now.

    What a row knows of others (a fetched child) stays, unless it now points at another one.
    """
    for row in rows:
        held = _held if isinstance(row.pk, UUID) else _locked  # a number would be a form of its own
        now = next(iter(held(None, row.__class__, row.pk)), None)
        for field in row._meta.concrete_fields if now else ():
            if getattr(row, field.attname) != getattr(now, field.attname):
                setattr(row, field.attname, getattr(now, field.attname))


def _locked(_nobody: None, model: type[models.Model], pk: Any) -> models.QuerySet[Any]:
    rows = model._default_manager
    same = rows.unrestricted(reason=HELD) if hasattr(rows, "unrestricted") else rows.all()
    return same.select_for_update(of=("self",), no_key=True).filter(pk=pk)


_held = kept(_locked)


def _only_once(key: dict[str, Any], actor: Any, act: Callable[[], Any]) -> Any:
    try:
        with transaction.atomic():
            return _earlier(key) or _receive(key, actor, act())
    except IntegrityError:
        earlier = _earlier(key)
        if earlier is None:
            raise
        return earlier


def _earlier(key: dict[str, Any]) -> Any:
    receipt = next(iter(_receipts(None, *key.values())), None)
    if receipt is None:
        return None
    model = apps.get_model(receipt.model)
    result = model._base_manager.filter(pk=receipt.result_id).first()
    if result is None:
        raise NotVisible  # it went meanwhile
    return result


@kept
def _receipts(
    _nobody: None, once: UUID, person_id: UUID, command: Exactly, digest: Exactly
) -> models.QuerySet[Receipt]:
    return Receipt.objects.filter(once=once, person_id=person_id, command=command, digest=digest)


def _receive(key: dict[str, Any], actor: Any, result: Any) -> Any:
    if isinstance(result, models.Model):
        Receipt.objects.create(
            **key, model=result._meta.label, result_id=str(result.pk), at=actor.at
        )
    return result


def _key(once: UUID, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    person = said["actor"].person_id
    exactly = {"command": Exactly(name), "digest": Exactly(_digest(said))}
    return {"once": once, "person_id": person, **exactly}


def _digest(said: Mapping[str, Any]) -> str:
    """What was asked, by which hat, in a form that is the same for the same."""
    actor = said["actor"]
    words = [str(actor.membership_id), actor.role]
    words += [f"{name}={_in_words(value)}" for name, value in said.items() if name != "actor"]
    return sha256("\n".join(words).encode()).hexdigest()


def _in_words(value: Any) -> str:
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    if is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return str(sorted((str(key), _in_words(each)) for key, each in value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        told = [_in_words(each) for each in value]
        return str(sorted(told) if isinstance(value, set | frozenset) else told)
    return repr(value)


def _record(actor: Any, outcome: int, name: str, *about: object) -> None:
    """One audit record; the subject is the first thing at hand that tells about whom it is."""
    subjects = (getattr(thing, "subject_id", None) for thing in about)
    record = AuditRecord.of(
        actor, AuditRecord.Action.EXECUTE, name, next((s for s in subjects if s), None)
    )
    record.outcome = outcome
    if about and isinstance(about[0], models.Model):
        record.records = {about[0]._meta.model_name: [str(about[0].pk)]}
    audit.append([record])
