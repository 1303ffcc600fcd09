"""The one way to change data: who may is stated above what happens."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial, wraps
from hashlib import sha256
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from alert4you.kernel import audit
from alert4you.kernel.decision import Decision, Denied, NotVisible, require
from alert4you.kernel.kept import Exactly, kept
from alert4you.kernel.models import AuditRecord, Receipt
from alert4you.kernel.wall.standing import opened

P = ParamSpec("P")
R = TypeVar("R")

HELD = "what a command changes is locked while its rule judges"
COMMANDS: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True)
class Whole:
    """A command that runs, with those inside it: one transaction, as deep in others as ``depth``.

    ``done``: what the trail is told at its end. ``held``: the rows it has locked, as they were given.
    """

    depth: int
    done: list[AuditRecord] = field(default_factory=list)
    held: list[models.Model] = field(default_factory=list)


_running: ContextVar[Whole | None] = ContextVar("alert4you_command", default=None)


def command(
    rule: Callable[..., Decision], *, counts_in: str = ""
) -> Callable[[Callable[P, R]], Callable[..., R]]:
    """Make a function the command that the rule guards.

    The rule gets those arguments of the command that it names. What it refuses raises ``Denied`` and
    is recorded as refused. What it allows runs in one transaction with its audit record; the result
    tells about whom it is (``subject_id``). With ``once=<uuid>`` a repeat of the same by the same hat
    answers the first result and does nothing; the same form with other words is something else.
    The rule judges in that transaction, after who is busy with the same: the first row the command is
    given, and that in which the rule counts (``counts_in``: "placement.group"). Inside another it is a part.
    """

    def decorate(change: Callable[P, R]) -> Callable[..., R]:
        name = f"{change.__module__.split('.')[1]}.{change.__name__}"
        shape, asks = inspect.signature(change), inspect.signature(rule).parameters

        def carry_out(given: dict[str, Any], whole: Whole) -> R:
            _hold(_concerned(given, counts_in), whole.held)
            require(rule(**{key: given[key] for key in asks}))
            result = change(**given)  # type: ignore[call-arg]
            whole.done.append(_record(given["actor"], name, result, *given.values()))
            return result

        @wraps(change)
        def run(actor: Any, *args: Any, once: UUID | None = None, **kwargs: Any) -> R:
            given = _given(shape, (actor, *args), kwargs)
            act: Callable[[Whole], R] = partial(carry_out, given)
            if once is None and (around := _around()):
                return _inside(around, act)
            do = partial(_alone, act)
            if once is not None:
                do = partial(_only_once, _key(once, name, given), actor, act)
            return _acting(name, do, actor, *args, *kwargs.values())

        run.rule = rule  # type: ignore[attr-defined]
        COMMANDS[name] = run
        return run

    return decorate


def _given(shape: inspect.Signature, args: Any, kwargs: Any) -> dict[str, Any]:
    """What a command was given, by name, defaults included."""
    bound = shape.bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


def _around() -> Whole | None:
    """The command of which what happens now is a part; not where something between can be undone apart."""
    whole = _running.get()
    return whole if whole and whole.depth == len(connection.savepoint_ids) else None


def _inside(whole: Whole, act: Callable[[Whole], R]) -> R:
    """A part that fails takes the whole along: nothing stays of it, whoever catches what it raised."""
    try:
        with opened(reason="a command"):
            return act(whole)
    except BaseException:
        transaction.set_rollback(True)
        raise


def _alone(act: Callable[[Whole], R]) -> R:
    with _transaction() as whole:
        return act(whole)


@contextmanager
def _transaction() -> Iterator[Whole]:
    """At its end the trail hears of all that was done in it, at once."""
    with transaction.atomic():
        whole = Whole(len(connection.savepoint_ids))
        token = _running.set(whole)
        try:
            yield whole
        finally:
            _running.reset(token)
        if whole.done:
            audit.append(whole.done)


def _acting(name: str, act: Callable[[], R], actor: Any, *about: object) -> R:
    """Carried out for nobody's eyes; what a rule refuses is kept too."""
    try:
        with opened(reason="a command"):
            return act()
    except Denied:
        refused = _record(actor, name, *about)
        refused.outcome = AuditRecord.Outcome.REFUSED
        audit.append([refused])
        raise


def _concerned(given: Mapping[str, Any], counts_in: str) -> list[models.Model]:
    """The first row a command was given, and the one in which its rule counts."""
    first = next((each for each in given.values() if isinstance(each, models.Model)), None)
    counted = attrgetter(counts_in)(SimpleNamespace(**given)) if counts_in else None
    return [row for row in (first, counted) if row is not None and not row._state.adding]


def _hold(rows: Iterable[models.Model], already: list[models.Model]) -> None:
    """Lock the rows until the end of the transaction, and tell them what stands in the database now.

    What a row knows of others (a fetched child) stays, unless it now points at another one.
    """
    for row in rows:
        if any(row is each for each in already):
            continue
        already.append(row)
        held = _held if isinstance(row.pk, UUID) else _locked  # a number would be a form of its own
        now = next(iter(held(None, row.__class__, row.pk)), None)
        for each in row._meta.concrete_fields if now else ():
            if getattr(row, each.attname) != getattr(now, each.attname):
                setattr(row, each.attname, getattr(now, each.attname))


def _locked(_nobody: None, model: type[models.Model], pk: Any) -> models.QuerySet[Any]:
    rows = model._default_manager
    same = rows.unrestricted(reason=HELD) if hasattr(rows, "unrestricted") else rows.all()
    return same.select_for_update(of=("self",), no_key=True).filter(pk=pk)


_held = kept(_locked)


def _only_once(key: dict[str, Any], actor: Any, act: Callable[[Whole], Any]) -> Any:
    try:
        with _transaction() as whole:
            return _earlier(key) or _receive(key, actor, act(whole))
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


def _record(actor: Any, name: str, *about: object) -> AuditRecord:
    """One audit record; the subject is the first thing at hand that tells about whom it is."""
    subjects = (getattr(thing, "subject_id", None) for thing in about)
    record = AuditRecord.of(
        actor, AuditRecord.Action.EXECUTE, name, next((s for s in subjects if s), None)
    )
    first = about[0] if about else None
    for row in first if isinstance(first, list) else [first]:
        if isinstance(row, models.Model):
            record.records.setdefault(row._meta.model_name, []).append(str(row.pk))
    return record
