"""A playing in words: what happened on which day, and each check with a tick or a cross."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import override

from alert4you.scenarios.almanac import Almanac
from alert4you.scenarios.player import Told
from alert4you.scenarios.sentences import CHECK
from alert4you.scenarios.story import Scene, Story
from alert4you.ui.dates import written_day

MOST_WORDS = 96


class Teller:
    """Writes one story line by line; ``broken`` is the step that did not hold, if any."""

    def __init__(self, write: Callable[[str], object], *, quiet: bool = False) -> None:
        self.write, self.quiet = write, quiet
        self.broken: Told | None = None
        self.story: Story | None = None
        self._scene: Scene | None = None
        self._done = self._checked = 0

    def begin(self, story: Story, almanac: Almanac) -> None:
        self.story = story
        if not self.quiet:
            with override("nl"):
                begins = written_day(almanac.first)
            self.write(
                f"\n{story.title.nl}  ({story.file})\n{story.summary.nl}\nbegins on {begins}"
            )

    def tell(self, told: Told) -> None:
        if told.wrong:
            self.broken = told
        if told.step.said.sentence.sort == CHECK or told.outcome:
            self._checked += 1
        else:
            self._done += 1
        if not self.quiet:
            self._heading(told)
            self.write(f"  {_mark(told)} {_words(told)}")

    def end(self) -> None:
        if self.story is None:
            return
        mark = "✗" if self.broken else "✓"
        self.write(
            f"{mark} {self.story.slug}: {self._done} things happened, {self._checked} were checked"
        )

    def _heading(self, told: Told) -> None:
        if told.scene is self._scene:
            return
        self._scene = told.scene
        with override("nl"):
            day = written_day(timezone.localtime(told.at))
        self.write(f"\nday {told.scene.number}, {day}")


def _mark(told: Told) -> str:
    if told.wrong:
        return "✗    "
    if told.step.said.sentence.sort == CHECK or told.outcome:
        return "✓    "
    return f"{timezone.localtime(told.at):%H:%M}"


def _words(told: Told) -> str:
    said = told.step.said
    text = f"{said.text}: {said.words}" if said.words else said.text
    if len(text) > MOST_WORDS:
        text = f"{text[:MOST_WORDS]}…"
    if told.outcome:
        text += f"\n          {told.outcome}"
    if told.wrong:
        text += f"\n          {told.wrong}"
    return text
