"""Changing a field of something frozen gives what ``dataclasses.replace`` gives."""

from dataclasses import dataclass, replace

import pytest

from alert4you.kernel.changed import changed


@dataclass(frozen=True)
class Place:
    name: str
    floor: int = 0

    @property
    def sign(self) -> str:
        return f"{self.name} {self.floor}"


def test_it_is_the_same_as_replacing() -> None:
    here = Place("Vlinders")
    up = changed(here, floor=1)
    assert up == replace(here, floor=1) == Place("Vlinders", 1)
    assert (hash(up), repr(up), up.sign) == (hash(Place("Vlinders", 1)), repr(up), "Vlinders 1")
    assert here == Place("Vlinders", 0)
    assert changed(here) == here


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="Place has no flor"):
        changed(Place("Vlinders"), flor=1)
