from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form
from alert4you.ui.templatetags.ui import field, form_errors

TODAY = date(2026, 11, 26)
ID = "0b0b8fd6-6d43-4a3c-9f6e-3a3a2f0f9c11"


class Everything(Form):
    text = forms.CharField(label="Tekst", widget=forms.Textarea, help_text="Kort.")
    kind = forms.ChoiceField(
        label="Soort",
        choices=[("a", "Eerste"), ("b", "Tweede")],
        widget=ChoiceCards(descriptions={"a": "Meer"}, icons={"b": "note"}, layout="few"),
    )
    many = forms.MultipleChoiceField(
        label="Veel", choices=[("x", "X"), ("y", "Y")], widget=CheckCards
    )
    select = forms.ChoiceField(label="Uit", choices=[("1", "Een")])
    day = DayField(label="Dag", first=TODAY, last=date(2026, 12, 31))
    number = forms.IntegerField(label="Aantal")
    sure = forms.BooleanField(label="Zeker")
    own = forms.CharField(label="Eigen", error_messages={"required": "Zeg iets."})


def posted(**words) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in words.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def html(form: Form, name: str) -> str:
    from django.template.loader import render_to_string

    return render_to_string("ui/field.html", field(form[name]))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("text", "Dit is nog leeg. Vul het in."),
        ("kind", "Kies er een."),
        ("many", "Kies er een."),
        ("select", "Kies er een."),
        ("day", "Dit is nog leeg. Vul het in."),
        ("sure", "Zet hier een vinkje, of ga terug."),
        ("own", "Zeg iets."),
    ],
)
def test_messages_are_in_plain_words(name, message):
    with override("nl"):
        assert Everything(posted()).errors[name] == [message]


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("27-11-2026", date(2026, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        ("morgen", "Schrijf de datum zo: 27-11-2026."),
        ("2026-11-25", "Kies een dag vanaf 26-11-2026."),
        ("2027-01-01", "Kies een dag tot en met 31-12-2026."),
        ("31-02-2026", "De dag 31-02-2026 bestaat niet."),
        ("31-12-9999", "Het jaar 9999 kan niet kloppen."),
    ],
)
def test_a_day(typed, outcome):
    form = Everything(posted(day=typed))
    with override("nl"):
        errors = form.errors.get("day", [])
    assert (errors[0] if errors else form.cleaned_data["day"]) == outcome


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Dit is nog leeg. Vul het in."),
        ({"late": "drie"}, "Dit is te lang: ten hoogste 3 tekens; het zijn er nu 4."),
    ],
)
def test_what_a_form_asks_later_is_told_in_the_same_words(typed, message):
    form = Everything(posted(**typed))
    form.fields["late"] = forms.CharField(max_length=3)
    with override("nl"):
        assert form.errors["late"] == [message]


def test_nothing_typed_is_lost():
    words = posted(
        text='Hij zei: "kijk <daar>"',
        kind="b",
        many=["x", "y"],
        select="1",
        day="27 nov",
        number="drie",
        own="ja",
    )
    form = Everything(words)
    assert not form.is_valid()
    shown = "".join(html(form, name) for name in form.fields)
    assert "Hij zei: &quot;kijk &lt;daar&gt;&quot;" in shown
    assert 'value="27 nov"' in shown
    assert 'value="drie"' in shown
    assert shown.count("checked") == 3
    assert 'value="ja"' in shown


class TestOnce:
    def test_a_new_form_gets_a_new_id_that_stays_on_errors(self):
        first, second = Form(), Form()
        assert first["once"].value() != second["once"].value()
        assert ID in str(Form(posted(once=ID))["once"])

    @pytest.mark.parametrize(("typed", "kept"), [(ID, True), ("", False), ("nonsense", False)])
    def test_a_broken_id_bothers_nobody(self, typed, kept):
        form = Form(posted(once=typed))
        assert form.is_valid()
        assert isinstance(form.once, UUID)
        assert (str(form.once) == ID) is kept

    def test_it_has_no_html_id_so_that_two_forms_can_share_a_page(self):
        assert "id=" not in str(Form()["once"])


class TestField:
    def test_help_and_error_are_tied_to_the_control(self):
        with override("nl"):
            shown = html(Everything(posted()), "text")
        assert 'aria-describedby="id_text_help id_text_error"' in shown
        assert 'aria-invalid="true"' in shown
        assert shown.count('id="id_text_help"') == shown.count('id="id_text_error"') == 1
        assert '<label class="utrecht-form-label utrecht-form-field__label" for="id_text">' in shown

    def test_without_help_or_error_nothing_is_described(self):
        assert "aria-describedby" not in html(Everything(), "number")

    @pytest.mark.parametrize(
        ("name", "part"),
        [
            ("text", "utrecht-textarea--html-textarea"),
            ("kind", "utrecht-radio-button--html-input"),
            ("many", "utrecht-custom-checkbox--html-input"),
            ("select", "utrecht-select--html-select"),
            ("day", 'type="date"'),
            ("day", 'min="2026-11-26"'),
            ("number", "utrecht-textbox--html-input"),
            ("sure", "utrecht-custom-checkbox--html-input"),
            ("kind", "a4-choices--few"),
            ("kind", '<span class="a4-choice__more">Meer</span>'),
            ("kind", "<legend"),
            ("many", 'type="checkbox"'),
        ],
    )
    def test_every_control_is_a_part_of_the_design_system(self, name, part):
        assert part in html(Everything(), name)

    def test_what_may_stay_empty_says_so(self):
        class Free(Form):
            free = forms.CharField(required=False)

        with override("nl"):
            assert "(mag leeg blijven)" in html(Free(), "free")
            assert "(mag leeg blijven)" not in html(Everything(), "number")

    def test_browsers_do_not_stop_the_form_in_their_own_language(self):
        assert " required" not in "".join(html(Everything(), name) for name in Everything().fields)


def test_the_summary_names_every_wrong_field_once():
    summary = form_errors(Everything(posted(text="wel")))
    assert [bound.name for bound in summary["fields"]] == [
        "kind",
        "many",
        "select",
        "day",
        "number",
        "sure",
        "own",
    ]
    assert summary["others"] == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [({"text": "wel"}, True), ({"many": ["x"]}, True), ({}, False), ({"secret": "274951"}, False)],
)
def test_that_words_are_still_there_is_said_where_they_are(said: dict, kept: bool):
    class Secretive(Everything):
        secret = forms.CharField(widget=forms.PasswordInput)
        paper = forms.FileField()

    assert form_errors(Secretive(posted(**said)))["kept"] is kept
