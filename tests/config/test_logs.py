"""Log lines are for machines, and hold nothing about children."""

import json
import logging
import sys

import pytest
from django.test import Client

from alert4you.config.logs import LineFormatter


def test_an_error_is_logged_without_the_data_it_choked_on():
    try:
        raise ValueError("Mila de Vries already exists")
    except ValueError:
        record = logging.LogRecord("notes", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    line = LineFormatter().format(record)
    assert "Mila" not in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == ("error", "notes", "failed")
    assert found["error"] == "ValueError"
    assert "test_logs.py:" in found["through"]


@pytest.mark.django_db
def test_an_address_is_logged_by_the_name_of_its_page(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/children/Mila de Vries/", "/offline/key/?child=Mila"):
        client.post(path, headers={"host": "testserver"}, HTTP_REFERER="Mila")
    lines = [LineFormatter().format(record) for record in caplog.records]
    assert lines and "Mila" not in "".join(lines)
    assert (json.loads(lines[0])["message"], json.loads(lines[0])["status"]) == ("Not Found", 404)
