"""Every model that holds something about a child is in the table of how it goes."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.retention.rules import plainly, records, terms


def held() -> Iterator[type[models.Model]]:
    """Every model from which foreign keys lead to a child, however many steps away."""
    found, waiting = {Child}, [Child]
    while waiting:
        for link in records.links().get(waiting.pop(), ()):
            if link.model not in found:
                found.add(link.model)
                waiting.append(link.model)
    return iter(sorted(found, key=records.label))


def test_every_model_that_leads_to_a_child_is_in_the_table_once():
    table = records.table()
    named = [*table["own"], *table["along"], *table["person"], *table["stays"]]
    assert len(named) == len(set(named))
    by_itself = {
        records.label(each) for each in held() if each is Entry or not issubclass(each, Entry)
    }
    assert by_itself == set(named)


def test_the_table_names_its_own_models_only():
    table = records.table()
    assert {*table["file"], *table["proofs"], *table["hidden"]} <= set(table["own"])
    assert not set(table["file"]) & set(table["proofs"])


def test_each_way_leads_to_a_child_and_an_organisation():
    for model, way in records.own().items():
        rows = model._base_manager.values_list(way.child, way.organisation)
        assert str(rows.query)


def test_everything_that_is_counted_has_a_name():
    counted = {name for name in records.table()["own"] if name not in records.table()["hidden"]}
    assert counted - {"access.Entry"} | {"kernel.AuditRecord"} == set(plainly.WHAT)
    assert set(plainly.KINDS) == set(terms.versions())


def test_what_goes_along_hangs_on_something_that_goes():
    """Nothing of it would stay by itself: it has a key that takes it along."""
    goes = {apps.get_model(name) for name in (*records.table()["own"], *records.table()["person"])}
    goes |= {model for model in apps.get_models() if issubclass(model, Entry)}
    goes |= {apps.get_model(name) for name in records.table()["along"]}
    for name in records.table()["along"]:
        model = apps.get_model(name)
        keys = [link for links in records.links().values() for link in links if link.model is model]
        assert any(link.goes_along and link.field.remote_field.model in goes for link in keys), name
