"""Personas exist in the demo only: not in production, and not where its app was installed all the same."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve

def found(address):
    try:
        return resolve(address).view_name
    except Resolver404:
        return None

print(json.dumps({
    "installed": "alert4you.demo" in settings.INSTALLED_APPS,
    "login": settings.LOGIN_URL,
    "pages": [found("/demo/"), found("/demo/become/")],
}))
"""


def installation(mode, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            "PATH": os.environ["PATH"],
            "XDG_DATA_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "alert4you.config.settings",
            "ALERT4YOU_MODE": mode,
            "ALERT4YOU_SECRET_KEY": "k" * 60,
            "ALERT4YOU_HOSTS": "alert4you.example.nl",
            "ALERT4YOU_HTTPS": "proxy",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_in_production_there_is_no_such_page(tmp_path):
    found = installation("production", tmp_path)
    assert found["installed"] is False
    assert found["login"] == "web:login"
    assert found["pages"] == [None, None]


def test_the_demo_opens_on_the_welcome_page(tmp_path):
    found = installation("demo", tmp_path)
    assert found["installed"] is True
    assert found["login"] == "demo:welcome"
    assert found["pages"] == ["demo:welcome", "demo:become"]


@pytest.mark.django_db
def test_even_installed_it_lets_nobody_in_outside_the_demo(settings):
    settings.MODE = "production"
    assert Client().post("/demo/become/", {"persona": "anna"}).status_code == 404


@pytest.mark.django_db
def test_without_the_stories_there_is_nobody_to_be():
    client = Client()
    assert client.post("/demo/become/", {"persona": "anna"}).headers["Location"] == "/demo/"
    assert "_auth_user_id" not in client.session
