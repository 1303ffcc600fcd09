"""The rules of ``tools/orm.py``: each catches what it is for, and lets its neighbour go."""

import importlib.util
from pathlib import PurePath
from types import ModuleType

import pytest

ROOT = PurePath(__file__).parents[2]


def loaded() -> ModuleType:
    described = importlib.util.spec_from_file_location("orm", ROOT / "tools" / "orm.py")
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


orm = loaded()

# rule -> layer, what is caught, layer, what is allowed
SNIPPETS = {
    "raw_sql": [
        ("queries.py", "connection.cursor()", "queries.py", "page.cursor"),
        ("rules.py", "Child.objects.raw('select 1')", "rules.py", "raw('select 1')"),
        ("queries.py", "rows.extra(where=['1=1'])", "queries.py", "rows.filter(extra=1)"),
        ("commands.py", "RawSQL('1', ())", "commands.py", "Value(1)"),
        (
            "commands.py",
            "connection.connection.execute('select 1')",
            "commands.py",
            "connection.close()",
        ),
    ],
    "crossing": [
        (
            "commands.py",
            "ConsentRequest.objects.filter(child__first_name='Mila')",
            "commands.py",
            "ConsentRequest.objects.filter(child=mila)",
        ),
        (
            "views/day.py",
            "Group.objects.annotate(many=Count('placements'))",
            "queries/day.py",
            "Group.objects.annotate(many=Count('placements'))",
        ),
        ("rules.py", "rows.order_by('child')", "rules.py", "rows.order_by('child_id')"),
        ("rules.py", "rows.order_by('-child__last_name')", "rules.py", "rows.order_by('-at')"),
        ("rules.py", "rows.values('child__last_name')", "rules.py", "rows.values('child')"),
        ("views.py", "rows.select_related('child')", "policy.py", "rows.select_related('child')"),
        (
            "tasks.py",
            "Child.objects.prefetch_related('placements')",
            "tasks.py",
            "Placement.objects.prefetch_related('days')",
        ),
        ("rules.py", "Q(trajectory__organisation=1)", "rules.py", "Q(organisation=1)"),
        (
            "rules.py",
            "rows.exclude(child__placements__isnull=True)",
            "rules.py",
            "rows.exclude(child__in=some)",
        ),
        (
            "rules.py",
            "def may(): return rows.values('child__last_name')",
            "rules.py",
            "def may(): return Placement.objects.unrestricted(reason='x').values('child__last_name')",
        ),
        (  # the same name is of a guarded row for one model, and of a free one for the other
            "rules.py",
            "def may(rows: QuerySet[Delivery]): return rows.values('request__child')",
            "rules.py",
            "def may(): rows = running_consents(at, day); return rows.values('request__child')",
        ),
    ],
    "chosen_names": [
        (
            "views.py",
            "rows.order_by(request.GET['sort'])",
            "views.py",
            "rows.order_by(BY_NAME if plain else '-at')",
        ),
        ("views.py", "rows.values(*wanted)", "views.py", "rows.values('title', *SHOWN)"),
        ("forms.py", "rows.order_by(f'-{name}')", "forms.py", "rows.order_by(F('at').desc())"),
    ],
    "unpacked": [
        (
            "commands.py",
            "Person.objects.create(**form.cleaned_data)",
            "commands.py",
            "Person.objects.create(name=form.cleaned_data['name'])",
        ),
        (
            "views.py",
            "Person.objects.filter(**wanted)",
            "views.py",
            "Person.objects.filter(**{'name': wanted})",
        ),
        ("queries.py", "Q(**request.GET.dict())", "queries.py", "Q(**PLAIN)"),
    ],
    "unrestricted": [
        (
            "views.py",
            "rows.unrestricted(reason='to show it')",
            "rules.py",
            "rows.unrestricted(reason='rule')",
        ),
        ("rules.py", "rows.unrestricted(reason='')", "rules.py", "rows.unrestricted(reason=WHY)"),
        ("tasks.py", "rows.unrestricted()", "tasks.py", "rows.unrestricted(reason='a job')"),
    ],
}
EACH = [(name, *row) for name, rows in SNIPPETS.items() for row in rows]


def found(rule: str, layer: str, source: str) -> list[str]:
    path = orm.PRODUCT / "notes" / layer
    return list(orm.findings(source, path, [getattr(orm, rule)]))


def test_every_rule_has_its_snippets() -> None:
    assert [rule.__name__ for rule in orm.RULES] == list(SNIPPETS)


@pytest.mark.parametrize(("rule", "layer", "caught", "other", "allowed"), EACH)
def test_a_rule_catches_and_lets_go(
    rule: str, layer: str, caught: str, other: str, allowed: str
) -> None:
    assert len(found(rule, layer, caught)) == 1
    assert found(rule, other, allowed) == []
