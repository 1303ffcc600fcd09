"""The console command, run as an administrator runs it."""

import os
import socket
import subprocess
import sys

import pytest

from alert4you.config.cli import COMMANDS


@pytest.fixture
def alert4you(tmp_path):
    """Run the console command in an environment that says nothing but this."""

    def run(*words, **environment):
        return subprocess.run(
            [sys.executable, "-m", "alert4you", *words],
            env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_help_lists_every_command_with_a_line_of_meaning(alert4you):
    done = alert4you("--help")
    assert done.returncode == 0
    for name, entry in COMMANDS.items():
        assert any(
            line.split() == [name, *entry.meaning.split()] for line in done.stdout.splitlines()
        )


def test_an_unknown_command_is_named(alert4you):
    done = alert4you("dmeo")
    assert done.returncode == 1
    assert "there is no command 'dmeo'" in done.stderr


def test_production_without_settings_does_not_start_and_names_each(alert4you):
    done = alert4you("serve")
    assert done.returncode == 1
    for name in ("ALERT4YOU_SECRET_KEY", "ALERT4YOU_HOSTS", "ALERT4YOU_HTTPS"):
        assert name in done.stderr


def test_a_typing_error_in_a_setting_is_one_sentence(alert4you):
    done = alert4you("serve", ALERT4YOU_MODE="prod")
    assert done.returncode == 1
    assert done.stderr.startswith("alert4you: ALERT4YOU_MODE is 'prod'")
    assert "Traceback" not in done.stderr


def test_a_demo_on_a_taken_port_says_which_other_to_give(alert4you):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = alert4you("demo", PORT=str(port))
    assert done.returncode == 1
    assert f"make demo PORT={port + 1}" in done.stderr


def test_stories_never_touch_the_database_of_the_installation(alert4you):
    done = alert4you("docs", "--check", DATABASE_URL="postgresql://db.invalid/real")
    assert "db.invalid" not in done.stderr
