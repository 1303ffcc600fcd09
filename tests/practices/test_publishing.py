"""Versions: a change is a next version, what is published never changes."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands import publishing
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries import library, templates
from alert4you.practices.rules.reading import Misread

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def samsam() -> str:
    return (library.LIBRARY / "samsam.yaml").read_text("utf-8")


def test_loading_the_library_twice_publishes_once():
    first = publishing.load_library(system_actor(NOW))
    second = publishing.load_library(system_actor(NOW))
    assert [each.pk for each in first] == [each.pk for each in second]
    assert PracticeTemplate.objects.count() == len(library.library_files())
    assert {each.version for each in first} == {1}


def test_a_change_is_a_next_version_and_the_old_one_stays():
    old = publishing.publish_practice(system_actor(NOW), samsam())
    new = publishing.publish_practice(system_actor(NOW), samsam().replace("3 months", "4 months"))
    assert (old.version, new.version) == (1, 2)
    assert templates.template("samsam") == new
    assert templates.template("samsam", 1) == old
    assert list(templates.current_templates()) == [new]
    assert templates.practice_of(old) != templates.practice_of(new)
    old.text = "other"
    with pytest.raises(TypeError, match="publish a next version"):
        old.save()


def test_a_template_that_cannot_be_used_is_not_published():
    with pytest.raises(Misread, match="cannot be read"):
        publishing.publish_practice(system_actor(NOW), samsam().replace("once a week", "wekly"))
    assert not PracticeTemplate.objects.exists()


@pytest.mark.parametrize("role", ["manager", "care_coordinator", "coach", "parent", "nobody"])
def test_nobody_with_a_hat_publishes(role):
    actor = Actor(None, None, role, NOW)
    with pytest.raises(Denied, match=r".+"):
        publishing.publish_practice(actor, samsam())
    assert not PracticeTemplate.objects.exists()


def test_the_command_lists_each_practice_with_its_numbers():
    out = StringIO()
    call_command("practices", "list", "--json", stdout=out)
    told = {each["practice"]: each for each in json.loads(out.getvalue())}
    assert told["samsam"]["numbers"]["one-to-one.session"] == "once a week for 3 months"
    assert told["lindenhout-variant-3"]["numbers"]["looking.observation"] == "3 times"
    assert told["kansen-voor-kleintjes"]["numbers"]["ages"] == "2 to 4 years"
    assert told["structural-coaching"]["chosen_at_adoption"] == [
        "weeks-between-visits",
        "months-until-review",
    ]


def test_the_command_checks_files(tmp_path):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(samsam())
    bad.write_text(samsam().replace("kind: session", "kind: sesion"))
    out = StringIO()
    with pytest.raises(CommandError, match=r"bad.yaml, line \d+: .*“session”"):
        call_command("practices", "check", str(good), str(bad), stdout=out)
    assert out.getvalue() == "samsam: good\n"


def test_the_command_loads():
    out = StringIO()
    call_command("practices", "load", stdout=out)
    assert "samsam: version 1" in out.getvalue()
