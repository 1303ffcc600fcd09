"""A frozen dataclass with some of its fields different."""

from typing import Any, TypeVar

Thing = TypeVar("Thing")


def changed(thing: Thing, **fields: Any) -> Thing:
    """As ``dataclasses.replace``, which gives every field anew and so costs many times more.

    For a class without slots, ``__post_init__`` and cached properties. TypeError for an unknown field.
    """
    known = thing.__dict__
    if not fields.keys() <= known.keys():
        raise TypeError(f"{type(thing).__name__} has no {', '.join(fields.keys() - known.keys())}")
    other = object.__new__(type(thing))
    other.__dict__.update(known, **fields)
    return other
