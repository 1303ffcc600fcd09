"""The specimen page: every part of the look on one page, rendered without a database."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from zoneinfo import ZoneInfo

from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils.translation import override
from django.views.i18n import set_language

from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form
from alert4you.ui.templatetags.ui import DRAWINGS, icons

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
TODAY = date(2026, 11, 26)


PAGES = [
    path("language/", set_language, name="set_language"),
    path("logout/", set_language, name="logout"),
]
urlpatterns = [path("", include((PAGES, "web")))]


class SpecimenForm(Form):
    text = forms.CharField(
        label="Wat zag je?",
        widget=forms.Textarea,
        help_text="Schrijf wat je zag, niet wat je denkt.",
    )
    category = forms.ChoiceField(
        label="Waarover gaat het?",
        choices=[("day", "De dag"), ("growth", "Ontwikkeling"), ("health", "Gezondheid")],
        widget=ChoiceCards(layout="few", icons={"day": "sun", "growth": "leaf", "health": "heart"}),
    )
    shared = forms.ChoiceField(
        label="Wie mag dit lezen?",
        choices=[("parents", "De ouders ook"), ("team", "Alleen wij")],
        widget=ChoiceCards(
            descriptions={
                "parents": "Zij zien het meteen.",
                "team": "Met een reden, die we teruglezen.",
            }
        ),
    )
    whom = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        choices=[("a", "Sanne"), ("b", "Moeder"), ("c", "Vader")],
        widget=CheckCards,
        required=False,
    )
    on = DayField(label="Wanneer?", first=TODAY)
    who = forms.ChoiceField(
        label="Aan wie?", choices=[("", "Kies een persoon"), ("s", "Sanne de Wit")]
    )
    mail = forms.EmailField(label="E-mailadres", required=False)
    sure = forms.BooleanField(
        label="Ik heb dit met de ouders besproken",
        help_text="Zonder gesprek start er geen traject.",
    )


NAV = [
    ("Vandaag", "home", 0),
    ("Vragen", "question", 3),
    ("Kinderen", "child", 0),
    ("Trajecten", "route", 12),
    ("Werkwijzen", "book", 0),
]


def context() -> dict:
    words = {
        "text": "Ze schoof haar bord weg.",
        "category": "day",
        "on": "2026-11-20",
        "mail": "geen adres",
        "whom": ["a"],
    }
    return {
        "now": NOW,
        "today": TODAY,
        "due": NOW.replace(day=27, hour=12, minute=0),
        "soon": NOW.replace(hour=12, minute=0),
        "past": NOW.replace(day=24, hour=12, minute=0),
        "children": ["Mieke van den Berg", "Noor Yılmaz", "Abel", "Zofia Wiśniewska"],
        "steps": [
            Thing(title="Gesprek met de ouders", text="12 november", state="done"),
            Thing(title="Meekijken op de groep", text="Nog één keer", state="now"),
            Thing(title="Besluit", text="", state="later"),
        ],
        "form": SpecimenForm(words),
        "pictures": sorted(path.stem for path in (DRAWINGS / "pictures").glob("*.svg")),
        "icon_names": list(icons()),
        "hat": Thing(
            name="Fatima El Idrissi",
            role="Pedagogisch medewerker",
            organisation="Kinderopvang De Linde",
            switch_url="#",
        ),
        "nav": [
            Thing(label=label, url="#", icon=icon, current=not index, count=count)
            for index, (label, icon, count) in enumerate(NAV)
        ],
        "messages": [],
        "demo_banner": "",
        "request": RequestFactory().get("/specimen"),
        "csrf_token": "only-a-specimen",
    }


def specimen(language: str = "nl") -> str:
    page = (HERE / "templates" / "specimen.html").read_text()
    with override(language):
        return engines["django"].from_string(page).render({**context(), "messages": messages()})


def messages() -> list:
    class Message(str):
        tags = "success"

    return [Message("Bewaard. De ouders zien het nu ook.")]


def page(name: str, language: str = "nl", **more) -> str:
    with override(language):
        return render_to_string(name, {**context(), **more})
