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
from alert4you.kernel.decision import Decision, Denied
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
        shape = inspect.signature(change)

        def carry_out(given: dict[str, Any]) -> R:
            with transaction.atomic():
                _hold(_concerned(given, counts_in))
                _judge(rule, given)
                result = change(**given)  # type: ignore[call-arg]
                _record(given["actor"], AuditRecord.Outcome.DONE, name, result, *given.values())
            return result

        @wraps(change)
        def run(actor: Any, *args: Any, once: UUID | None = None, **kwargs: Any) -> R:
            given = _given(shape, (actor, *args), kwargs)
            act = partial(carry_out, given)
            if once is not None:
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


def _acting(name: str, act: Callable[[], R], actor: Any, *about: object) -> R:
    """Carried out for nobody's eyes; what a rule refuses is kept too."""
    try:
        with opened(reason="a command"):
            return act()
    except Denied:
        _record(actor, AuditRecord.Outcome.REFUSED, name, *about)
        raise


def _judge(rule: Callable[..., Decision], given: Mapping[str, Any]) -> None:
    decision = rule(**{key: given[key] for key in inspect.signature(rule).parameters})
    if not decision:
        raise Denied(decision)


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
        kept = row.__class__._default_manager  # the person of a request is lazy: its type() is not
        same = kept.unrestricted(reason=HELD) if hasattr(kept, "unrestricted") else kept.all()
        now = same.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
        for field in row._meta.concrete_fields if now else ():
            if getattr(row, field.attname) != getattr(now, field.attname):
                setattr(row, field.attname, getattr(now, field.attname))


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
    receipt = Receipt.objects.filter(**key).first()
    if receipt is None:
        return None
    model = apps.get_model(receipt.model)
    return model._base_manager.get(pk=receipt.result_id)


def _receive(key: dict[str, Any], actor: Any, result: Any) -> Any:
    if isinstance(result, models.Model):
        Receipt.objects.create(
            **key, model=result._meta.label, result_id=str(result.pk), at=actor.at
        )
    return result


def _key(once: UUID, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    person = said["actor"].person_id
    return {"once": once, "person_id": person, "command": name, "digest": _digest(said)}


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
