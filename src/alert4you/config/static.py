"""Static files by a name that holds their content; also where our scripts import each other."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Storage


class ModuleStorage(Storage):
    """A script gets the version of another that it was made with; scripts of others are left as they are."""

    patterns = (
        *Storage.patterns,
        ("offline/*.js", Storage._js_module_import_aggregation_patterns[1]),
    )
