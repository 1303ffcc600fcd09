from django.urls import path

from alert4you.practices.views import adopting, cards, changing, importing, library

app_name = "practices"
one = "practices/<slug:slug>/"
draft = f"{one}change/"
urlpatterns = [
    path("practices/", cards.practices, name="practices"),
    path("practices/cards/<slug:slug>/", cards.card, name="card"),
    path("practices/import/", importing.upload, name="import"),
    path("practices/import/<uuid:document_id>/", importing.imported, name="imported"),
    path(
        "practices/import/<uuid:document_id>/<int:number>/",
        importing.import_card,
        name="import_card",
    ),
    path("practices/import/<uuid:document_id>/forget/", importing.forget, name="import_forget"),
    path("practices/ours/", adopting.ours, name="ours"),
    path("practices/ours/bring/", changing.bring, name="bring"),
    path(one, library.practice, name="practice"),
    path(f"{one}adopt/", adopting.adopt, name="adopt"),
    path(f"{one}stop/", adopting.stop, name="stop"),
    path(f"{one}spread/", adopting.spread, name="spread"),
    path(f"{one}versions/<uuid:template_id>/", adopting.version, name="version"),
    path(f"{one}versions/<uuid:template_id>.yaml", adopting.export, name="export"),
    path(draft, changing.change, name="change"),
    path(f"{draft}text/", changing.expert, name="change_text"),
    path(f"{draft}publish/", changing.publish, name="publish"),
    path(f"{draft}discard/", changing.discard, name="discard"),
    path(f"{draft}draft.yaml", changing.file, name="draft_file"),
    path(f"{draft}part/<path:at>/", changing.part, name="change_part"),
    path(f"{draft}add/<path:at>/", changing.add, name="add_part"),
    path(f"{draft}remove/<path:at>/", changing.remove, name="remove_part"),
    path(f"{draft}move/<path:at>/", changing.move, name="move_part"),
]
