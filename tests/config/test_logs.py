"""Log lines are for machines, and hold nothing about children."""

import json
import logging
import sys

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
