"""Static files by a name that holds their content; also where our scripts import each other."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage as Storage


class ModuleStorage(Storage):
    """A script gets the version of another that it was made with; scripts of others are left as they are."""

    patterns = (
        *Storage.patterns,
        ("offline/*.js", Storage._js_module_import_aggregation_patterns[1]),
    )

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.addresses: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Looked up once: the files do not change while the server runs."""
        if name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]
