"""Addresses that are filled in are those that Django tells."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import (
    NoReverseMatch,
    URLPattern,
    URLResolver,
    get_resolver,
    reverse,
    set_script_prefix,
)
from django.urls.converters import UUIDConverter

from alert4you.ui.addresses import address


def pages(below: URLResolver, before: str = "") -> list[tuple[str, int]]:
    """Each page with a name of which all that its address holds is ids, and how many."""
    found = []
    for each in below.url_patterns:
        if isinstance(each, URLResolver):
            found += pages(each, f"{before}{each.namespace}:" if each.namespace else before)
        elif isinstance(each, URLPattern) and each.name:
            held = each.pattern.converters.values()
            if all(isinstance(one, UUIDConverter) for one in held):
                found.append((before + each.name, len(held)))
    return found


def test_every_page_is_where_django_says() -> None:
    every = [each for each in pages(get_resolver()) if not each[0].startswith("admin:")]
    assert ("web:line", 1) in every
    assert max(ids for _page, ids in every) > 1
    for page, ids in every:
        about = [uuid4() for _each in range(ids)]
        assert address(page, *about) == reverse(page, args=about)


def test_other_things_than_ids() -> None:
    assert address("web:invited", "a b") == reverse("web:invited", args=["a b"])
    with pytest.raises(NoReverseMatch):
        address("web:nowhere")


def test_below_another_address() -> None:
    page = address("web:children")
    set_script_prefix("/below/")
    try:
        assert address("web:children") == f"/below{page}"
    finally:
        set_script_prefix("/")


def test_in_a_template() -> None:
    child = uuid4()
    words = (
        "{% url 'web:line' child %} {% url 'web:line' child_id=child %}"
        " {% url 'web:line' child as there %}{{ there }} {% url 'web:nowhere' as none %}{{ none }}"
    )
    line = reverse("web:line", args=[child])
    assert Template(words).render(Context({"child": child})).split() == [line] * 3
