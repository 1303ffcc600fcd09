"""Properties of the settings that must hold whatever else changes."""

import pytest
from django.conf import settings


def test_there_is_no_way_around_the_content_security_policy():
    allowed = {source for sources in policy().values() for source in sources}
    assert allowed == {"'self'", "'none'", "data:"}
    assert "data:" not in policy()["script-src"]


def policy():
    return settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("SecurityMiddleware", "WhiteNoiseMiddleware"),
        ("AuthenticationMiddleware", "LoginRequiredMiddleware"),
        ("LoginRequiredMiddleware", "ActorMiddleware"),
    ],
)
def test_the_order_of_the_middleware(first, then):
    order = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert order.index(first) < order.index(then)
