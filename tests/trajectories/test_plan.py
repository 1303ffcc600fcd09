"""The plan: versions, goals of the parents, two people at once, voices, and the plan on paper."""

from datetime import timedelta
from io import BytesIO
from time import process_time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alert4you.kernel.decision import Conflict, Denied
from alert4you.trajectories.commands.planning import add_goal, speak_about_plan, write_plan
from alert4you.trajectories.models import Plan, Trajectory, Voice
from alert4you.trajectories.rules.planning import Goal, goals
from alert4you.trajectories.views.paper import typeset
from tests.cast import NOW, TODAY
from tests.trajectories.story import GOALS, Story

LATER = TODAY + timedelta(days=30)


@pytest.fixture
def begun(story: Story) -> Trajectory:
    trajectory = story.begun("samsam")
    story.agree()
    story.cast.go_to(NOW + timedelta(minutes=10))
    return trajectory


def versions() -> list[Plan]:
    return list(Plan.objects.unrestricted(reason="test").order_by("number"))


def url(trajectory: Trajectory, name: str = "plan") -> str:
    return reverse(f"trajectories:{name}", args=[trajectory.pk])


def row(place: int, goal: str, who: str = "", what: str = "") -> dict[str, str]:
    return {f"goal-{place}-goal": goal, f"goal-{place}-who": who, f"goal-{place}-what": what}


def filled(based_on: int, *rows: dict[str, str], **other: str) -> dict[str, str]:
    data = {"based_on": str(based_on), "rows": "3", "end_goal": "Mila eet mee"}
    for each in rows:
        data |= each
    return data | {"evaluation_on": LATER.isoformat()} | other


def test_a_change_is_a_next_version(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    story.plan(begun, based_on=1, goals=GOALS[:1], end_goal="Mila eet mee")
    first, second = versions()
    assert (first.number, first.end_goal, len(first.goals)) == (1, "Mila eet met plezier mee", 2)
    assert (second.number, second.end_goal, len(second.goals)) == (2, "Mila eet mee", 1)


def test_the_second_of_two_gets_the_other_version_and_nothing_is_overwritten(
    story: Story, begun: Trajectory
) -> None:
    story.plan(begun)
    with pytest.raises(Conflict) as conflict:
        story.plan(begun, by="fatima", based_on=0, end_goal="Anders")
    assert conflict.value.theirs == versions()[0]
    assert [each.end_goal for each in versions()] == ["Mila eet met plezier mee"]


def test_two_at_once_on_the_page(story: Story, begun: Trajectory) -> None:
    cast, write = story.cast, url(begun, "write_plan")
    carla, anna = cast.client("carla"), cast.client("anna")
    carla.post(write, filled(0, row(0, "Van Carla")))
    shown = anna.post(write, filled(0, row(0, "Van Anna", "Anna", "Samen koken")))
    assert shown.status_code == 409
    words = shown.content.decode()
    assert "Carla heeft het plan intussen veranderd." in words
    assert "Van Carla" in words
    form = shown.context["form"]
    assert form.goal_rows[0]["goal"].value() == "Van Anna"
    assert form["based_on"].value() == "1"
    assert len(versions()) == 1
    anna.post(write, filled(1, row(0, "Van Anna"), row(1, "Van Carla")))
    assert [[goal["goal"] for goal in each.goals] for each in versions()] == [
        ["Van Carla"],
        ["Van Anna", "Van Carla"],
    ]


def test_a_double_click_writes_one_version(story: Story, begun: Trajectory) -> None:
    carla, once = story.cast.client("carla"), str(uuid4())
    for _click in range(2):
        answer = carla.post(url(begun, "write_plan"), filled(0, row(0, "Samen"), once=once))
        assert answer.status_code == 302
    assert [each.number for each in versions()] == [1]


def test_another_row_saves_nothing_and_keeps_the_words(story: Story, begun: Trajectory) -> None:
    carla = story.cast.client("carla")
    shown = carla.post(url(begun, "write_plan"), filled(0, row(2, "Derde"), more="1"))
    rows = shown.context["form"].goal_rows
    assert len(rows) == 4
    assert rows[2]["goal"].value() == "Derde"
    assert versions() == []


@pytest.mark.parametrize(
    ("rows", "other", "words"),
    [
        ([], {}, "Schrijf minstens één doel op."),
        ([row(0, "", "Fatima")], {}, "Schrijf het doel op in een paar woorden."),
        ([row(0, "Doel")], {"evaluation_on": TODAY.isoformat()}, "Kies een dag"),
        ([row(0, "Doel")], {"evaluation_on": "morgen"}, "datum"),
    ],
)
def test_an_invalid_plan_says_why(
    story: Story, begun: Trajectory, rows: list[dict[str, str]], other: dict[str, str], words: str
) -> None:
    shown = story.cast.client("carla").post(url(begun, "write_plan"), filled(0, *rows, **other))
    assert shown.status_code == 200
    assert words in shown.content.decode()
    assert shown.context["form"]["end_goal"].value() == "Mila eet mee"
    assert versions() == []


@pytest.mark.parametrize("rows", ["", "0", "-1", "veel", "9999", "13"])
def test_a_broken_number_of_rows_breaks_nothing(story: Story, begun: Trajectory, rows: str) -> None:
    shown = story.cast.client("carla").post(
        url(begun, "write_plan"), filled(0, row(0, "Doel"), rows=rows, more="1")
    )
    assert 1 <= len(shown.context["form"].goal_rows) <= 12


def test_a_row_is_taken_away_by_emptying_it(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    story.cast.client("carla").post(url(begun, "write_plan"), filled(1, row(0, "Alleen dit")))
    assert [goal["goal"] for goal in versions()[1].goals] == ["Alleen dit"]


# The parents ------------------------------------------------------------------------------------


def test_parents_add_a_goal_of_their_own(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    anna = story.cast.client("anna")
    answer = anna.post(url(begun, "goal"), {"goal": "Thuis rustig eten", "who": "Wij", "what": ""})
    assert answer.url == url(begun)
    newest = versions()[-1]
    assert (newest.number, newest.end_goal, newest.evaluation_on) == (
        2,
        "Mila eet met plezier mee",
        LATER,
    )
    assert [(goal.goal, goal.by_parents) for goal in goals(newest.goals)] == [
        (GOALS[0].goal, False),
        (GOALS[1].goal, False),
        ("Thuis rustig eten", True),
    ]
    assert "van de ouders" in anna.get(url(begun)).content.decode()


def test_parents_can_write_the_first_goal(story: Story, begun: Trajectory) -> None:
    add_goal(story.cast.actor("bram"), begun, Goal("Samen eten"))
    assert [goal.by_parents for goal in goals(versions()[0].goals)] == [True]


def test_a_goal_stays_of_the_parents_while_it_stands_in_their_words(
    story: Story, begun: Trajectory
) -> None:
    add_goal(story.cast.actor("anna"), begun, Goal("Thuis rustig eten"))
    story.cast.client("carla").post(
        url(begun, "write_plan"),
        filled(1, row(0, "Thuis rustig eten", "Anna"), row(1, "Op de groep eten")),
    )
    newest = goals(versions()[-1].goals)
    assert [goal.by_parents for goal in newest] == [True, False]
    story.cast.client("carla").post(
        url(begun, "write_plan"), filled(2, row(0, "Thuis beter eten", "Anna"))
    )
    assert [goal.by_parents for goal in goals(versions()[-1].goals)] == [False]


def test_parents_agree_and_disagree_in_their_own_words(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    said = [("anna", "yes", "Fijn plan"), ("bram", "no", "Te lang")]
    for who, agrees, words in said:
        story.cast.client(who).post(
            url(begun, "speak"), {"agrees": agrees, "words": words, "version": "1"}
        )
    voices = (
        Voice.objects.unrestricted(reason="test")
        .order_by("words")
        .values_list("of", "agrees", "words", "plan__number")
    )
    assert list(voices) == [
        ("parents", True, "Fijn plan", 1),
        ("parents", False, "Te lang", 1),
    ]
    shown = story.cast.client("fatima").get(url(begun)).content.decode()
    assert all(words in shown for words in ("Fijn plan", "Te lang", "Niet eens"))


def test_nobody_agrees_with_a_version_that_was_not_on_the_screen(
    story: Story, begun: Trajectory
) -> None:
    story.plan(begun)
    story.plan(begun, based_on=1, end_goal="Heel iets anders")
    anna = story.cast.client("anna")
    given = {"agrees": "yes", "words": "Goed zo", "version": "1"}
    shown = anna.post(url(begun, "speak"), given)
    assert "nieuwere versie" in shown.content.decode()
    assert shown.context["form"]["words"].value() == "Goed zo"
    assert Voice.objects.unrestricted(reason="test").count() == 0
    anna.post(url(begun, "speak"), given | {"version": shown.context["form"]["version"].value()})
    assert Voice.objects.unrestricted(reason="test").get().plan == versions()[1]


def test_a_new_version_has_voices_of_its_own(story: Story, begun: Trajectory) -> None:
    first = story.plan(begun)
    speak_about_plan(story.cast.actor("anna"), begun, first, "Mooi", True)
    story.plan(begun, based_on=1)
    shown = story.cast.client("carla").get(url(begun))
    current, earlier = shown.context["page"].current, shown.context["page"].earlier
    assert current.voices == []
    assert [each.words for each in earlier[0].voices] == ["Mooi"]


def test_the_plan_stays_as_it_was_after_the_end(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    story.decide(begun, "review", "reached", early_reason="Het gaat goed", minutes=1)
    begun.refresh_from_db()
    for who in ("carla", "anna"):
        with pytest.raises(Denied):
            write_plan(story.cast.actor(who), begun, 1, GOALS)
        assert story.cast.client(who).get(url(begun, "write_plan")).status_code == 403
        assert story.cast.client(who).get(url(begun)).status_code == 200


# Who --------------------------------------------------------------------------------------------

HATS = {
    "carla": (200, 200),
    "fatima": (200, 200),
    "anna": (200, 200),
    "bram": (200, 200),
    "sanne": (200, 200),
    "oscar": (404, 404),
    "koen": (404, 404),
    "stranger": (404, 404),
    "gemma": (404, 404),
    "nobody": (302, 302),
}


@pytest.mark.parametrize("who", HATS)
def test_who_reads_and_writes(story: Story, begun: Trajectory, who: str) -> None:
    story.plan(begun)
    client = story.cast.client(who)
    seen = HATS[who][0]
    for name in ("plan", "plan_pdf", "speak"):
        assert client.get(url(begun, name)).status_code == seen
    for name in ("write_plan", "goal"):
        assert client.get(url(begun, name)).status_code == HATS[who][1]


def test_a_guest_without_consent_for_the_plan_neither_reads_nor_writes_it(story: Story) -> None:
    trajectory = story.begun()
    story.agree()
    story.plan(trajectory)
    story.cast.go_to(NOW + timedelta(minutes=10))
    sanne = story.cast.client("sanne")
    assert sanne.get(reverse("trajectories:trajectory", args=[trajectory.pk])).status_code == 200
    for name in ("plan", "plan_pdf", "write_plan", "goal"):
        assert sanne.get(url(trajectory, name)).status_code == 404
    with pytest.raises(Denied):
        story.plan(trajectory, by="sanne", based_on=1)


# On paper ---------------------------------------------------------------------------------------


def pdf(client: Client, trajectory: Trajectory) -> PdfReader:
    answer = client.get(url(trajectory, "plan_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_tagged_with_title_and_language(story: Story, begun: Trajectory) -> None:
    story.plan(begun)
    paper = pdf(story.cast.client("anna"), begun)
    root = paper.trailer["/Root"]
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/Lang"] == "nl"
    assert "/StructTreeRoot" in root
    assert paper.metadata.title == "Plan van Mila Jansen"
    assert "<pdfuaid:part>1</pdfuaid:part>" in paper.xmp_metadata.rdf_root.toxml()


def test_the_paper_says_what_the_page_says(story: Story, begun: Trajectory) -> None:
    version = story.plan(begun)
    speak_about_plan(story.cast.actor("bram"), begun, version, "Drie maanden is lang", False)
    paper = words(pdf(story.cast.client("anna"), begun))
    page = story.cast.client("anna").get(url(begun)).content.decode()
    for text in (
        *(each for goal in GOALS for each in (goal.goal, goal.who, goal.what)),
        "Mila eet met plezier mee",
        "Drie maanden is lang",
        "Niet eens",
        "Carla",
        "20 december",
    ):
        assert text in paper
        assert text in page


def test_an_empty_plan_and_a_plan_in_english(story: Story, begun: Trajectory) -> None:
    anna = story.cast.client("anna")
    assert "Er is nog geen plan." in words(pdf(anna, begun))
    anna.cookies["django_language"] = "en"
    paper = pdf(anna, begun)
    assert paper.trailer["/Root"]["/Lang"] == "en"
    assert "There is no plan yet." in words(paper)


HARD_TO_PRINT = [
    '#panic() $x$ *niet vet* [a] @b \\ "q"',
    "een 字 en een 😀",
    "👨‍👩‍👧 1️⃣ 🏳️‍🌈",
    "\ufffe\u0378",
    "\uaaaa\U00075a36\u0e33",
]


@pytest.mark.parametrize("text", HARD_TO_PRINT)
def test_any_text_can_be_printed(story: Story, begun: Trajectory, text: str) -> None:
    story.plan(begun, goals=[Goal(text, "Anna")], end_goal=text)
    assert "Anna" in words(pdf(story.cast.client("anna"), begun))


def test_a_plan_in_another_script_keeps_nobody_busy(story: Story, begun: Trajectory) -> None:
    story.plan(begun, goals=[Goal("".join(map(chr, range(0x4E00, 0x5200))), "Anna")])
    began = process_time()
    assert "Anna" in words(pdf(story.cast.client("anna"), begun))
    assert process_time() - began < 3


def test_another_fault_is_not_hidden() -> None:
    with pytest.raises(Exception, match="title"):
        typeset("plan.typ", {"lang": "nl"})
