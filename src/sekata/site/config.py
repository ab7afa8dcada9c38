"""Everything an operator may set: from `sekata.toml`, overruled by the environment. `Config` lists it.

The file lies in the working directory, or where SEKATA_CONFIG says. An option `hosts` is `hosts` in the file
and SEKATA_HOSTS in the environment. Secrets are files in `<data>/keys`, made at the first start, or
SEKATA_<NAME>_KEY.
"""

import base64
import binascii
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from sekata.site.sockets import socket_folder

KEYS = ("django", "vault", "lookup", "tracking", "wastebank")
RELEASE = version("sekata")
PACKAGE = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR"}


class ConfigError(Exception):
    """An option that cannot be used; the message says which and why."""


def option(default: object, help: str, env: str = "") -> Any:
    """An option with its default, meaning and, where it is not SEKATA_<NAME>, environment variable."""
    return field(default=default, metadata={"help": help, "env": env})


@dataclass(frozen=True)
class Config:
    """The options of one installation."""

    data: Path = option(Path("var"), "folder of everything this installation keeps")
    database_url: str = option(
        "", "PostgreSQL 15 or newer; empty = the embedded one in <data>/postgres", "DATABASE_URL"
    )
    demo: bool = option(False, "demonstration: known accounts and passwords; set by `sekata demo`")
    second_factor: bool = option(True, "officers must have a passkey or a code app; never off in production")
    debug: bool = option(False, "developer's error pages; never in production")
    hosts: tuple[str, ...] = option(LOCAL_HOSTS, "host names under which the suite is reached")
    origins: tuple[str, ...] = option((), "origins (https://...) allowed to send forms, when a proxy renames")
    https: bool = option(False, "the suite is reached by https: secure cookies, HSTS, redirects")
    behind_proxy: bool = option(False, "trust X-Forwarded-Proto, which a proxy sets")
    zone: str = option("Asia/Jakarta", "time zone of the regency")
    public_address: str = option(
        "http://127.0.0.1:8000", "where citizens reach the suite; printed behind QR codes"
    )
    regency: str = option("14.05", "Home Affairs code of the regency")
    sms_gateway: str = option("", "address that takes SMS as JSON; empty = messages stay readable as rows")
    whatsapp_gateway: str = option("", "address that takes WhatsApp messages as JSON; empty likewise")
    dukcapil_url: str = option("", "gateway of the population register; empty = nobody is asked")
    dukcapil_token: str = option("", "its token; better in the environment than in the file")
    web_workers: int = option(2, "processes that answer pages")
    web_threads: int = option(4, "threads of each of them")
    workers: int = option(1, "processes that do jobs")
    job_threads: int = option(4, "jobs that each of them does at once")
    statement_seconds: int = option(
        30, "longest statement of a page; jobs and commands may take ten times that"
    )
    email_host: str = option("", "mail server; empty = messages become files in <data>/mail")
    email_port: int = option(587, "its port")
    email_user: str = option("", "its account; the password is SEKATA_EMAIL_PASSWORD")
    email_password: str = option(
        "", "password of the mail account; better in the environment than in the file"
    )
    email_tls: bool = option(True, "speak to the mail server by STARTTLS")
    email_from: str = option("Sekata <tidak-membalas@localhost>", "sender of the suite's messages")
    log_level: str = option("WARNING", "DEBUG, INFO, WARNING or ERROR")
    process: str = option("command", "kind of this process (web, worker, command); set by the suite itself")
    testing: bool = option(False, "test run: cheaper static files; set by the tests themselves")

    def __post_init__(self) -> None:
        for name in ("web_workers", "web_threads", "workers", "job_threads", "statement_seconds"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} must be 1 or more, not {getattr(self, name)}")
        if self.log_level not in LOG_LEVELS:
            raise ConfigError(
                f"log_level must be one of {', '.join(sorted(LOG_LEVELS))}, not {self.log_level!r}"
            )
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as error:
            raise ConfigError(f"zone {self.zone!r} is not a time zone such as Asia/Jakarta") from error
        if self.database_url:
            parse_database_url(self.database_url)

    @property
    def package(self) -> Path:
        """Folder of the installed package."""
        return PACKAGE

    @property
    def version(self) -> str:
        """This release."""
        return RELEASE

    @property
    def embedded(self) -> bool:
        """Whether the suite brings its own PostgreSQL."""
        return not self.database_url

    @property
    def files(self) -> Path:
        """Folder of the content-addressed file store."""
        return self.data / "files"

    @property
    def static_storage(self) -> str:
        """How pages name static files: by content in production, plainly while developing and testing."""
        if self.debug or self.testing:
            return "django.contrib.staticfiles.storage.StaticFilesStorage"
        return "whitenoise.storage.CompressedManifestStaticFilesStorage"

    @property
    def email_backend(self) -> str:
        return f"django.core.mail.backends.{'smtp' if self.email_host else 'filebased'}.EmailBackend"

    def secret(self, name: str) -> str:
        """The secret `name` as text."""
        return os.environ.get(key_variable(name)) or _key_file(self.data / "keys", name)

    @property
    def gateways(self) -> dict[str, str]:
        """Channel -> address of its gateway, empty where there is none."""
        return {"sms": self.sms_gateway, "whatsapp": self.whatsapp_gateway}

    def key(self, name: str) -> bytes:
        """The secret `name` as 32 bytes."""
        return _key(name, os.environ.get(key_variable(name), ""), str(self.data))

    def database(self) -> dict[str, Any]:
        """The database as Django wants to hear it; web processes keep a pool of connections."""
        if self.embedded:
            where = {"NAME": "sekata", "USER": "sekata", "HOST": str(socket_folder(self.data / "postgres"))}
            options: dict[str, Any] = {}
        else:
            where, options = parse_database_url(self.database_url)
        web = self.process == "web"
        seconds = self.statement_seconds * (1 if web else 10)
        limits = f"-c statement_timeout={seconds}s -c idle_in_transaction_session_timeout={seconds * 2}s"
        options["options"] = f"{options.get('options', '')} {limits}".strip()
        options.setdefault("connect_timeout", 5)
        options |= {"server_side_binding": True, "prepare_threshold": 3}
        options.setdefault("application_name", f"sekata {self.process}")
        if web:
            options["pool"] = {
                "min_size": 1,
                "max_size": self.web_threads + 1,
                "timeout": 3,
                "max_idle": 300,
                "reconnect_timeout": 2,
            }
        return {
            "ENGINE": "django.db.backends.postgresql",
            **where,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }


def key_variable(name: str) -> str:
    """Environment variable that holds the secret `name`."""
    return f"SEKATA_{name.upper()}_KEY"


@cache
def _key(name: str, given: str, data: str) -> bytes:
    """A key, from its variable or its file, which is read once."""
    try:
        raw = base64.urlsafe_b64decode(given or _key_file(Path(data) / "keys", name))
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise ConfigError(f"the key {name!r} must be 32 bytes in URL-safe base64 ({key_variable(name)})")
    return raw


def _key_file(folder: Path, name: str) -> str:
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def parse_database_url(url: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Django's names and the driver's options of `postgresql://user:password@host:port/name?sslmode=...`."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ConfigError("DATABASE_URL must begin with postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ConfigError("DATABASE_URL must end with the name of the database")
    try:
        port = str(parts.port or options.pop("port", ""))
    except ValueError as error:
        raise ConfigError("the port in DATABASE_URL is not a number") from error
    where = {
        "NAME": name,
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or options.pop("password", ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": port,
    }
    return where, options


def variable(item: Field) -> str:
    """Environment variable of an option."""
    return item.metadata["env"] or f"SEKATA_{item.name.upper()}"


def _value(name: str, kind: Any, raw: object) -> object:
    """The value `raw` (text of the environment, or typed by TOML) as an option's type."""
    if kind is bool:
        if isinstance(raw, str) and raw.lower() in YES | NO:
            return raw.lower() in YES
        if isinstance(raw, bool):
            return raw
        raise ConfigError(f"{name} must be true or false, not {raw!r}")
    if kind is int:
        if isinstance(raw, bool) or not str(raw).strip().lstrip("-").isdigit():
            raise ConfigError(f"{name} must be a whole number, not {raw!r}")
        return int(str(raw))
    if kind == tuple[str, ...]:
        items = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise ConfigError(f"{name} must be a list of texts, not {raw!r}")
        return tuple(item.strip() for item in items if item.strip())
    if not isinstance(raw, str):
        raise ConfigError(f"{name} must be a text, not {raw!r}")
    return Path(raw) if kind is Path else raw


def load(environ: Mapping[str, str], file: Path | None = None) -> Config:
    """The options from `file` (or the file that `environ` and the working directory name) and `environ`."""
    file = file or Path(environ.get("SEKATA_CONFIG") or "sekata.toml")
    told: dict[str, object] = {}
    if file.exists():
        try:
            told = tomllib.loads(file.read_text())
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{file} cannot be read: {error}") from error
    elif environ.get("SEKATA_CONFIG"):
        raise ConfigError(f"SEKATA_CONFIG names {file}, which does not exist")
    kinds = get_type_hints(Config)
    if unknown := sorted(set(told) - kinds.keys()):
        raise ConfigError(f"{file} sets unknown options: {', '.join(unknown)}")
    values = {name: _value(name, kinds[name], raw) for name, raw in told.items()}
    for item in fields(Config):
        if variable(item) in environ:
            values[item.name] = _value(variable(item), kinds[item.name], environ[variable(item)])
    values["data"] = Path(values.get("data", Path("var"))).expanduser().absolute()  # type: ignore[arg-type]
    return Config(**values)  # type: ignore[arg-type]


def _of_this_process() -> Config:
    try:
        return load(os.environ)
    except ConfigError as error:
        raise SystemExit(f"sekata: {error}") from error


CONFIG = _of_this_process()
