"""What the house is built of: parts with a hash, known cryptography, chance that cannot be guessed."""

import json
import re

from django.conf import settings

from tests.security import source


def test_every_part_is_pinned_with_its_hash() -> None:
    for name in ("runtime", "dev", "node"):
        text = (source.ROOT / "requirements" / f"{name}.txt").read_text()
        parts = re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ").strip())
        assert parts
        for part in parts:
            assert re.match(r"[\w.\[\]-]+==\S+", part), part[:80]
            assert "--hash=sha256:" in part, part[:80]
            assert "://" not in part, part[:80]
    lock = json.loads((source.ROOT / "package-lock.json").read_text())
    for name, part in lock["packages"].items():
        assert not name or part["integrity"].startswith("sha512-"), name


# What may come out of each library that has cryptography in it.
CRYPTOGRAPHY = {
    "hashlib": {"sha256"},
    "hmac": {"compare_digest", "new"},
    "cryptography": {"fernet", "hazmat", "exceptions"},
    "jwt": set(),
}


def test_cryptography_comes_from_known_libraries() -> None:
    for file, name in source.imports():
        library, _, rest = name.partition(".")
        assert library not in {"Crypto", "rsa", "ecdsa", "nacl", "ssl", "crypt"}, file
        if library in CRYPTOGRAPHY and rest:
            assert any(rest.startswith(each) for each in CRYPTOGRAPHY[library]), (file, name)
    for file, _call, name in source.calls():
        assert not re.search(r"\b(md5|sha1|ECB|ARC4|Blowfish|TripleDES|PKCS1v15)\b", name), file
        assert not (name.startswith("hashlib.") and name != "hashlib.sha256"), (file, name)


def test_chance_comes_from_the_secure_source() -> None:
    chance = {file for file, name in source.imports() if name.split(".")[0] == "random"}
    stories_and_measuring = ("demo/", "scenarios/", "country/", "bench/")
    assert {file for file in chance if not file.startswith(stories_and_measuring)} == set()
    assert {file for file, name in source.imports() if name == "secrets"} >= {
        "organisations/commands.py",
        "web/queries/issuer.py",
    }


def test_logs_go_to_one_place() -> None:
    handlers = {each["class"] for each in settings.LOGGING["handlers"].values()}
    assert handlers == {"logging.StreamHandler"}
    made = [
        file for file, _call, name in source.calls() if re.search(r"Handler$|basicConfig$", name)
    ]
    assert made == []
