"""Which stories there are. Importing this makes all sentences known."""

from collections.abc import Sequence
from pathlib import Path

from alert4you.scenarios.checks import adopting as adopting_checks
from alert4you.scenarios.checks import applications as application_checks
from alert4you.scenarios.checks import asking, seeing, sharing, trajectories
from alert4you.scenarios.checks import cards as card_checks
from alert4you.scenarios.checks import funding as funding_checks
from alert4you.scenarios.checks import groups as group_checks
from alert4you.scenarios.checks import here as here_checks
from alert4you.scenarios.checks import manifests as manifest_checks
from alert4you.scenarios.checks import meetings as meeting_checks
from alert4you.scenarios.checks import noting as noting_checks
from alert4you.scenarios.checks import openings as opening_checks
from alert4you.scenarios.checks import papers as paper_checks
from alert4you.scenarios.checks import planning as planning_checks
from alert4you.scenarios.checks import plus as plus_checks
from alert4you.scenarios.checks import referrals as referral_checks
from alert4you.scenarios.checks import retention as retention_checks
from alert4you.scenarios.checks import rights as rights_checks
from alert4you.scenarios.checks import safety as safety_checks
from alert4you.scenarios.checks import wellbeing as wellbeing_checks
from alert4you.scenarios.checks import what_helps as help_checks
from alert4you.scenarios.deeds import adopting as adopting_deeds
from alert4you.scenarios.deeds import applications as application_deeds
from alert4you.scenarios.deeds import cards as card_deeds
from alert4you.scenarios.deeds import coaching, line, places, talks
from alert4you.scenarios.deeds import funding as funding_deeds
from alert4you.scenarios.deeds import groups as group_deeds
from alert4you.scenarios.deeds import here as here_deeds
from alert4you.scenarios.deeds import manifests as manifest_deeds
from alert4you.scenarios.deeds import meetings as meeting_deeds
from alert4you.scenarios.deeds import noting as noting_deeds
from alert4you.scenarios.deeds import openings as opening_deeds
from alert4you.scenarios.deeds import papers as paper_deeds
from alert4you.scenarios.deeds import planning as planning_deeds
from alert4you.scenarios.deeds import plus as plus_deeds
from alert4you.scenarios.deeds import referrals as referral_deeds
from alert4you.scenarios.deeds import retention as retention_deeds
from alert4you.scenarios.deeds import rights as rights_deeds
from alert4you.scenarios.deeds import safety as safety_deeds
from alert4you.scenarios.deeds import sharing as sharing_deeds
from alert4you.scenarios.deeds import trajectories as trajectory_deeds
from alert4you.scenarios.deeds import wellbeing as wellbeing_deeds
from alert4you.scenarios.deeds import what_helps as help_deeds
from alert4you.scenarios.reading import library_files, read, read_files, rows_of
from alert4you.scenarios.story import Story

SENTENCES_OF = (
    line,
    coaching,
    talks,
    sharing_deeds,
    trajectory_deeds,
    places,
    seeing,
    asking,
    sharing,
    trajectories,
    paper_deeds,
    paper_checks,
    group_deeds,
    group_checks,
    card_deeds,
    card_checks,
    planning_deeds,
    planning_checks,
    plus_deeds,
    plus_checks,
    referral_deeds,
    referral_checks,
    help_deeds,
    help_checks,
    here_deeds,
    here_checks,
    meeting_deeds,
    meeting_checks,
    adopting_deeds,
    adopting_checks,
    safety_deeds,
    safety_checks,
    opening_deeds,
    opening_checks,
    rights_deeds,
    rights_checks,
    retention_deeds,
    retention_checks,
    manifest_deeds,
    manifest_checks,
    wellbeing_deeds,
    wellbeing_checks,
    noting_deeds,
    noting_checks,
    funding_deeds,
    funding_checks,
    application_deeds,
    application_checks,
)
__all__ = ["library", "library_files", "read", "read_files", "rows_played", "stories_of"]


def stories_of(paths: Sequence[Path]) -> list[Path]:
    """These files, and the YAML files in these folders; without any the library's."""
    if not paths:
        return library_files()
    return [
        file
        for path in paths
        for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]


def library() -> list[Story]:
    """The stories that come with the product; Misread when one cannot be used."""
    return [read(path) for path in library_files()]


def rows_played() -> dict[str, list[str]]:
    """The names of the stories that come with the product, by each row that they play."""
    found: dict[str, list[str]] = {}
    for path in library_files():
        story, rows = rows_of(path)
        for row in rows:
            found.setdefault(row, []).append(story)
    return found
