"""`alert4you`: what an administrator needs, around Django's own commands."""

import os
import sys
from dataclasses import dataclass

from alert4you import __version__
from alert4you.config.environment import SettingError


@dataclass(frozen=True)
class Entry:
    """One word of the console command: what Django calls it, and what it does for a reader."""

    meaning: str
    django: str
    mode: str = ""


COMMANDS = {
    "demo": Entry("serve a filled example on this machine, with its personas", "demo", "demo"),
    "serve": Entry("serve this installation; refuses, and says why, when it is not safe", "serve"),
    "migrate": Entry("bring the database up to date with this version", "migrate"),
    "create-admin": Entry("make the person who may set up organisations", "createsuperuser"),
    "practices": Entry("list practice templates, load them, or check a file", "practices"),
    "scenario": Entry("play a story day by day and check what must be true", "scenario", "test"),
    "ratio": Entry("how many staff these children need, and by which rule", "ratio", "test"),
    "import": Entry(
        "load a file of a planning system, or the public register (LRK)", "import_file"
    ),
    "worker": Entry("do the work that becomes due, until it is stopped", "worker"),
    "verify-audit": Entry(
        "prove that the audit trail was not changed, or name the row", "verify_audit"
    ),
    "doctor": Entry("look whether this installation is well, and say what to do", "doctor"),
    "backup": Entry("write an encrypted backup in a folder, while people work", "backup"),
    "restore": Entry("bring an empty installation back to what a backup says", "restore"),
    "drill": Entry("try the newest backup beside the running system", "drill"),
    "generate": Entry("fill an empty installation with an invented country", "generate"),
    "bench": Entry("measure server time and query counts on a copy of the demo", "bench", "demo"),
    "docs": Entry("write the generated pages of the documentation", "docs", "test"),
    "manage": Entry("any other command of Django", ""),
}


def main(arguments: list[str] | None = None) -> None:
    """Run the console command; exits with the status of what it ran."""
    words = sys.argv[1:] if arguments is None else arguments
    name, rest = (words[0], words[1:]) if words else ("--help", [])
    if name in ("-h", "--help", "help"):
        print(overview())
    elif name == "--version":
        print(f"alert4you {__version__}")
    elif name in COMMANDS:
        _run(COMMANDS[name], name, rest)
    else:
        sys.exit(f"alert4you: there is no command {name!r}.\n\n{overview()}")


def overview() -> str:
    """The help text: every word with one line of meaning."""
    width = max(map(len, COMMANDS))
    lines = (f"  {name:<{width}}  {entry.meaning}" for name, entry in COMMANDS.items())
    return "\n".join(
        (
            "Alert4you: notice early what a child needs, and bring the help to its own group.",
            "",
            "Usage: alert4you COMMAND [OPTIONS]    (alert4you COMMAND --help says more)",
            "",
            *lines,
            "",
            "Settings come from the environment: docs/reference/settings.md",
        )
    )


def _run(entry: Entry, name: str, rest: list[str]) -> None:
    from django.core.management import ManagementUtility

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alert4you.config.settings")
    if entry.mode:
        _leave_the_installation_alone(entry.mode)
    django = [entry.django] if entry.django else rest[:1]
    options = rest if entry.django else rest[1:]
    utility = ManagementUtility(["alert4you", *django, *options])
    utility.prog_name = f"alert4you {name}" if not entry.django else "alert4you"
    try:
        utility.execute()
    except SettingError as error:
        sys.exit(f"alert4you: {error}")


def _leave_the_installation_alone(mode: str) -> None:
    """Demo and stories have a database of their own, whatever the environment points at."""
    os.environ["ALERT4YOU_MODE"] = mode
    os.environ.pop("DATABASE_URL", None)
    if mode == "test":
        os.environ.pop("ALERT4YOU_DATABASE", None)
