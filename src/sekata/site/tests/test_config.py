"""What an operator sets: file, environment, defaults, and sentences about mistakes."""

import stat
from dataclasses import fields

import pytest

from sekata.site.config import PACKAGE, Config, ConfigError, load, parse_database_url, variable


def written(folder, text):
    file = folder / "sekata.toml"
    file.write_text(text)
    return file


def test_defaults_serve_this_machine_alone_and_are_safe(tmp_path):
    config = load({"SEKATA_DATA": str(tmp_path)}, tmp_path / "none.toml")
    assert config.embedded and not config.debug and not config.demo
    assert config.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert config.zone == "Asia/Jakarta"


def test_the_file_sets_options_and_the_environment_overrules_it(tmp_path):
    file = written(tmp_path, 'hosts = ["a.go.id", "b.go.id"]\nweb_workers = 3\nhttps = true\n')
    config = load({"SEKATA_WEB_WORKERS": "5"}, file)
    assert (config.hosts, config.web_workers, config.https) == (("a.go.id", "b.go.id"), 5, True)
    assert load({"SEKATA_HOSTS": " x.go.id , y.go.id,"}, file).hosts == ("x.go.id", "y.go.id")


@pytest.mark.parametrize(
    ("text", "environ", "names"),
    [
        ("hostz = []", {}, "hostz"),
        ("https = 'maybe'", {}, "https"),
        ("web_workers = 0", {}, "web_workers"),
        ("", {"SEKATA_WEB_THREADS": "many"}, "SEKATA_WEB_THREADS"),
        ("", {"SEKATA_ZONE": "Mars/Base"}, "Mars/Base"),
        ("", {"SEKATA_LOG_LEVEL": "LOUD"}, "log_level"),
        ("", {"DATABASE_URL": "mysql://x/y"}, "postgresql://"),
        ("", {"DATABASE_URL": "postgresql://host"}, "name of the database"),
        ("", {"DATABASE_URL": "postgresql://host:port/x"}, "port"),
        ("data = [", {}, "cannot be read"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, environ, names):
    with pytest.raises(ConfigError, match=names):
        load(environ, written(tmp_path, text))


def test_a_named_file_must_exist(tmp_path):
    with pytest.raises(ConfigError, match="does not exist"):
        load({"SEKATA_CONFIG": str(tmp_path / "gone.toml")})


def test_keys_are_made_once_for_the_owner_alone(tmp_path):
    config = Config(data=tmp_path)
    key = config.key("vault")
    assert len(key) == 32 and Config(data=tmp_path).key("vault") == key
    assert config.key("lookup") != key
    assert stat.S_IMODE((tmp_path / "keys" / "vault").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_a_key_from_the_environment_must_be_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("SEKATA_VAULT_KEY", "c2hvcnQ=")
    with pytest.raises(ConfigError, match="SEKATA_VAULT_KEY"):
        Config(data=tmp_path).key("vault")
    monkeypatch.setenv("SEKATA_VAULT_KEY", "A" * 43 + "=")
    assert Config(data=tmp_path).key("vault") == bytes(32)


def test_a_database_url_is_taken_apart():
    where, options = parse_database_url("postgresql://us%40er:p%2Fw@db.local:5433/se?sslmode=require")
    assert where == {
        "NAME": "se",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.local",
        "PORT": "5433",
    }
    assert options == {"sslmode": "require"}
    assert parse_database_url("postgresql:///se?host=/run/pg")[0]["HOST"] == "/run/pg"


def test_pages_have_a_pool_and_shorter_statements_than_jobs(tmp_path):
    url = "postgresql://h/d?options=-c%20search_path%3Dpelalawan"
    page = Config(data=tmp_path, process="web", database_url=url).database()["OPTIONS"]
    job = Config(data=tmp_path, process="worker", database_url=url).database()["OPTIONS"]
    assert page["pool"]["max_size"] >= 4 and "pool" not in job
    assert "statement_timeout=30s" in page["options"] and "statement_timeout=300s" in job["options"]
    assert "search_path=pelalawan" in page["options"]


def test_every_option_is_in_the_operators_manual():
    manual = (PACKAGE.parent.parent / "docs" / "operations.md").read_text()
    assert [item.name for item in fields(Config) if f"`{variable(item)}`" not in manual] == []
