"""Looks at an installation and says what is unsafe or missing, and what to do about it."""

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import Error, connection
from django.utils.module_loading import import_string
from rich.console import Console
from rich.table import Table

from sekata.site.config import KEYS, LOCAL_HOSTS, Config, key_variable
from sekata.site.health import unapplied
from sekata.site.runtime.postgres import server_owner

GOOD, NOTE, BAD = "ok", "note", "unsafe"
COLOURS = {GOOD: "green", NOTE: "yellow", BAD: "red"}
OLDEST_SERVER = 150000
LEAST_FREE_MB = 1024
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DEMO_ACCOUNTS = "sekata.site.seeding.DEMO_ACCOUNTS"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was seen, and what to do."""

    what: str
    state: str
    seen: str
    advice: str = ""


def examine(config: Config) -> list[Finding]:
    """All findings; a check that itself fails is a finding too."""
    checks: tuple[Callable[[Config], Iterator[Finding]], ...] = (
        python,
        modes,
        addresses,
        secrets,
        server,
        demo_accounts,
        root,
        disk,
        zone,
        mail,
        browser,
    )
    findings: list[Finding] = []
    for check in checks:
        try:
            findings += check(config)
        except (Error, OSError, ImportError) as error:
            findings.append(Finding(check.__name__, BAD, f"{type(error).__name__}: {error}".strip()))
    return findings


def python(config: Config) -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", GOOD if sys.version_info >= (3, 11) else BAD, found, "3.11 or newer")


def modes(config: Config) -> Iterator[Finding]:
    """Error pages for developers, and known passwords, have no place in production."""
    yield Finding("debug", BAD if config.debug else GOOD, str(config.debug), "debug = false")
    if config.demo:
        yield Finding("demo", NOTE, "demonstration: everybody knows its passwords", "sekata serve")


def addresses(config: Config) -> Iterator[Finding]:
    """Host names and https, once the suite is reached from elsewhere."""
    public = sorted(set(config.hosts) - set(LOCAL_HOSTS))
    if "*" in public:
        yield Finding("hosts", BAD, "*", "name the host names under which the suite is reached")
    elif public:
        yield Finding("hosts", GOOD, ", ".join(public))
    else:
        yield Finding("hosts", NOTE, "this machine only", "set hosts to be reached from elsewhere")
    if config.https:
        seen = "on, behind a proxy" if config.behind_proxy else "on"
        yield Finding("https", GOOD, seen)
    else:
        yield Finding(
            "https", BAD if public else NOTE, "off", "https = true, with a proxy in front (deploy/)"
        )


def secrets(config: Config) -> Iterator[Finding]:
    """Key files are read by their owner alone."""
    for name in KEYS:
        path = config.data / "keys" / name
        if os.environ.get(key_variable(name)):
            yield Finding(f"key {name}", GOOD, f"from {key_variable(name)}")
        elif not path.exists():
            yield Finding(f"key {name}", NOTE, "made at first use")
        else:
            mode = stat.S_IMODE(path.stat().st_mode)
            state = BAD if mode & 0o077 else GOOD
            yield Finding(f"key {name}", state, f"{path} {mode:04o}", f"chmod 600 {path}")


def server(config: Config) -> Iterator[Finding]:
    """The database answers, is new enough, protects its data and knows this release's tables."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        cursor.execute("SELECT current_setting('fsync'), current_setting('server_encoding')")
        fsync, encoding = cursor.fetchone()
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        superuser = cursor.fetchone()[0]
    where = "embedded" if config.embedded else "external"
    old = number < OLDEST_SERVER
    yield Finding("database", BAD if old else GOOD, f"PostgreSQL {number // 10000} ({where})", "15 or newer")
    yield Finding("fsync", GOOD if fsync == "on" else BAD, fsync, "fsync = on")
    yield Finding("encoding", GOOD if encoding == "UTF8" else BAD, encoding, "UTF8")
    if superuser:
        yield Finding("database role", NOTE, "superuser", "a role of its own: it could switch off triggers")
    missing = len(unapplied())
    yield Finding(
        "tables", NOTE if missing else GOOD, f"{missing} migrations to do", "sekata serve does them"
    )


def demo_accounts(config: Config) -> Iterator[Finding]:
    """Accounts whose passwords are printed in the documentation."""
    if "people_account" not in connection.introspection.table_names():
        return
    names = [account[1] for account in import_string(DEMO_ACCOUNTS)]
    found = get_user_model().objects.filter(username__in=names, is_active=True).count()
    state = GOOD if not found else NOTE if config.demo else BAD
    yield Finding("demonstration accounts", state, f"{found} active", "disable them before real use")


def root(config: Config) -> Iterator[Finding]:
    """What running as root means for the embedded server."""
    if os.geteuid() != 0:
        return
    seen = "this process is root"
    if config.embedded:
        seen += (
            f"; the database runs as its own user {server_owner()[0]}, "
            f"and the folders above {config.data} let other users pass through (not list)"
        )
    yield Finding("user", NOTE, seen, "an account of its own (deploy/sekata.service)")


def disk(config: Config) -> Iterator[Finding]:
    free = shutil.disk_usage(config.data).free // (1024 * 1024)
    yield Finding("disk", GOOD if free >= LEAST_FREE_MB else BAD, f"{free} MB free", f"{LEAST_FREE_MB} MB")


def zone(config: Config) -> Iterator[Finding]:
    now = datetime.now(ZoneInfo(config.zone))
    yield Finding("time zone", GOOD, f"{config.zone}, now {now:%Y-%m-%d %H:%M}", "")


def mail(config: Config) -> Iterator[Finding]:
    if not config.email_host:
        yield Finding("mail", NOTE, f"written to {config.data / 'mail'}", "set email_host to send")
    elif not config.email_tls:
        yield Finding("mail", BAD, f"{config.email_host} without TLS", "email_tls = true")
    else:
        yield Finding("mail", GOOD, f"{config.email_host}:{config.email_port} as {config.email_from}")


def browser(config: Config) -> Iterator[Finding]:
    found = chromium()
    yield Finding("Chromium", GOOD if found else NOTE, str(found or "not found"), "only `make test` needs it")


def show(findings: list[Finding], *, as_json: bool) -> None:
    """Print the findings as a table, or as JSON."""
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1))
        return
    table = Table(title="sekata doctor")
    for column in ("Hal", "Keadaan", "Terlihat", "Saran"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        state = f"[{COLOURS[finding.state]}]{finding.state}[/]"
        table.add_row(finding.what, state, finding.seen, "" if finding.state == GOOD else finding.advice)
    Console(highlight=False).print(table)


def chromium() -> Path | None:
    """The browser for tests."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return Path(found) if found else None
