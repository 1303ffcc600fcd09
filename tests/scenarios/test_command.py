"""`alert4you scenario`, as somebody who writes a story runs it."""

import os
import subprocess
import sys

import pytest

from alert4you.scenarios.library import library_files

from .conftest import HEAD


@pytest.fixture
def scenario(tmp_path):
    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "alert4you", "scenario", *map(str, words)],
            env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=240,
        )

    return run


def test_a_story_is_told_with_its_checks_and_one_that_does_not_hold_ends_with_its_line(
    scenario, tmp_path
):
    teun = next(path for path in library_files() if path.stem == "teun")
    file = tmp_path / "wrong.yaml"
    file.write_text(f"{HEAD}  day 1:\n    - Sanne knows Pip\n")
    done = scenario("run", teun, file, "--on", "2026-11-20")
    assert done.returncode == 1
    holds, _end, wrong = done.stdout.partition("✓ teun: ")
    assert "✓     counted for Teun" in holds
    assert "✗" not in holds
    assert "✗     Sanne knows Pip" in wrong
    assert (
        f"wrong.yaml, line {HEAD.count(chr(10)) + 2}: Sanne knows Pip: found instead: "
        in done.stderr
    )


def test_checking_reads_and_plays_nothing(scenario, tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(f"{HEAD}  day 1:\n    - Sanne knows Pip\n    - Sanne knows Pop\n")
    done = scenario("check", file)
    assert done.returncode == 1
    assert "did you mean “Pip”" in done.stderr
    assert "✗" not in done.stdout


def test_without_a_file_it_is_the_library(scenario):
    done = scenario("check")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(library_files())
