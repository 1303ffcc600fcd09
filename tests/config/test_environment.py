"""What the environment says is what the settings become."""

from pathlib import Path

import pytest

from alert4you.config import environment
from alert4you.config.environment import SettingError
from alert4you.kernel.postgresql.base import _servers


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, tmp_path):
    for variable in environment.VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")


def test_without_anything_it_is_production():
    assert environment.mode() == "production"


def test_an_unknown_mode_is_refused_with_the_ones_that_exist(monkeypatch):
    monkeypatch.setenv("ALERT4YOU_MODE", "demmo")
    with pytest.raises(SettingError, match="'demmo'; use one of: production, demo, test"):
        environment.mode()


@pytest.mark.parametrize(
    ("mode", "name"),
    [("production", "alert4you.sqlite3"), ("demo", "alert4you-demo.sqlite3")],
)
def test_every_mode_has_its_own_file_in_the_data_folder(tmp_path, mode, name):
    assert environment.database(mode)["NAME"] == tmp_path / "alert4you" / name


def test_tests_stay_in_memory_unless_a_file_is_named(monkeypatch, tmp_path):
    assert environment.database("test")["NAME"] == ":memory:"
    monkeypatch.setenv("ALERT4YOU_DATABASE", str(tmp_path / "deep" / "here.sqlite3"))
    assert environment.database("test")["NAME"] == tmp_path / "deep" / "here.sqlite3"
    assert (tmp_path / "deep").is_dir()


def test_postgresql_comes_from_its_url(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a%40b:p%2Fw@db:5433/kids?sslmode=require")
    found = environment.database("production")
    assert found["ENGINE"].endswith("postgresql")
    assert (found["USER"], found["PASSWORD"]) == ("a@b", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", "5433", "kids")
    assert found["OPTIONS"].items() >= {**environment.KNOWN_AWAY, "sslmode": "require"}.items()


def test_more_hosts_and_a_copy_to_read_from(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@db1:6432,db2:6433/kids")
    assert [*environment.databases("production")] == ["default"]
    monkeypatch.setenv("ALERT4YOU_STANDBY_URL", "postgresql://a@db1,db2/kids")
    found = environment.databases("production")
    assert [(each["HOST"], each["PORT"]) for each in found.values()] == [
        ("db1,db2", "6432,6433"),
        ("db1,db2", ","),
    ]
    hosts = _servers({"host": "db1,db2", "port": ",", "dbname": "kids"})
    assert [(each["host"], each["port"]) for each in hosts] == [("db1", None), ("db2", None)]


@pytest.mark.parametrize("url", ["mysql://db/kids", "postgresql://db", "kids.sqlite3"])
def test_another_database_is_refused_with_the_form_it_must_have(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingError, match="postgresql://user:password@host:5432/name"):
        environment.database("production")


def test_a_demo_makes_a_key_once_and_only_its_owner_can_read_it(tmp_path):
    key = environment.secret_key("demo")
    file = tmp_path / "alert4you" / "alert4you-demo.key"
    assert len(key) >= 50
    assert environment.secret_key("demo") == key
    assert Path(file).stat().st_mode & 0o777 == 0o600


def test_production_never_makes_up_a_key():
    assert environment.secret_key("production") == ""


@pytest.mark.parametrize(
    ("url", "host", "port", "secure"),
    [
        ("smtp://mail.example.nl", "mail.example.nl", 587, "EMAIL_USE_TLS"),
        ("smtps://me:pw@mail.example.nl", "mail.example.nl", 465, "EMAIL_USE_SSL"),
        ("smtp://mail.example.nl:25", "mail.example.nl", 25, "EMAIL_USE_TLS"),
    ],
)
def test_mail_always_leaves_encrypted(monkeypatch, url, host, port, secure):
    monkeypatch.setenv("ALERT4YOU_MAIL", url)
    found = environment.mail()
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert [name for name in ("EMAIL_USE_TLS", "EMAIL_USE_SSL") if found[name]] == [secure]
    assert environment.mail_backend() == "smtp"


def test_without_mail_it_is_printed():
    assert environment.mail() == {}
    assert environment.mail_backend() == "console"
