"""Which persona to step into."""

from django import forms

from alert4you.demo.personas import everybody, tales


class PersonaForm(forms.Form):
    """``tale``: the story that is followed, when one is."""

    persona = forms.ChoiceField(
        choices=lambda: [(key, each.name) for key, each in everybody().items()]
    )
    tale = forms.ChoiceField(
        required=False, choices=lambda: [(each.slug, each.slug) for each in tales()]
    )
