"""The command `sekata`. Commands that need Django are loaded when called, so that the rest stays small."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from sekata.site.config import CONFIG, ConfigError
from sekata.site.runtime.orphans import end_with_tree
from sekata.site.runtime.postgres import Embedded, ServerError
from sekata.site.runtime.tree import Part, Tree

LAZY = {
    "backup": "sekata.site.commands:backup",
    "bank": "sekata.site.bank.server:bank",
    "doctor": "sekata.site.commands:doctor",
    "journal": "sekata.site.commands:journal",
    "manage": "sekata.site.commands:manage",
    "prepare": "sekata.site.commands:prepare",
    "restore": "sekata.site.commands:restore",
    "seed": "sekata.site.commands:seed",
    "web": "sekata.site.commands:web",
    "worker": "sekata.site.commands:worker",
}
LOCAL = "127.0.0.1"


class LazyGroup(click.Group):
    """A group some of whose commands live in modules that are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LAZY})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in LAZY:
            return super().get_command(ctx, name)
        module, attribute = LAZY[name].split(":")
        return getattr(import_module(module), attribute)


def say(text: str) -> None:
    """One line to the person at the terminal."""
    click.echo(text, err=True)


@contextmanager
def database() -> Iterator[None]:
    """The embedded database, kept running inside the block; nothing to do with an external one."""
    if not CONFIG.embedded:
        yield
        return
    server = Embedded(CONFIG.data / "postgres")
    try:
        server.start(say)
    except (ServerError, OSError) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield
    finally:
        server.stop()


@click.group(cls=LazyGroup)
@click.version_option(package_name="sekata")
def group() -> None:
    """Sekata: the digital government of a regency in one suite."""


@group.command()
@click.option("--host", default=LOCAL, show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.")
def serve(host: str, port: int) -> None:
    """Serve pages and do jobs until stopped (Ctrl-C)."""
    run_tree(host, port, demo=False)


@group.command()
@click.option("--host", default=LOCAL, show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.")
def demo(host: str, port: int) -> None:
    """Set up the demonstration, fill it once and serve it."""
    os.environ["SEKATA_DEMO"] = "1"
    run_tree(host, port, demo=True)


def run_tree(host: str, port: int, *, demo: bool) -> None:
    """Prepare, then run web and worker processes until told to stop."""
    require_free(host, port)
    CONFIG.data.mkdir(parents=True, exist_ok=True)
    with database():
        prepared = subprocess.run(  # noqa: S603
            command("prepare", *(["--demo"] if demo else [])), check=False
        )
        if prepared.returncode:
            raise SystemExit(prepared.returncode)
        web = Part(
            "web", command("web", "--host", host, "--port", str(port)), {"SEKATA_PROCESS": "web"}, vital=True
        )
        workers = [
            Part(f"worker {number}", command("worker"), {"SEKATA_PROCESS": "worker"})
            for number in range(1, CONFIG.workers + 1)
        ]
        tree = Tree([web, *workers], say, ready=lambda: announced(host, port))
        code = tree.run()
        say("Berhenti / stopping")
    raise SystemExit(code)


def command(*words: str) -> list[str]:
    """This program in a process of its own."""
    return [sys.executable, "-m", "sekata.site.cli", *words]


def require_free(host: str, port: int) -> None:
    """Refuse at once where another program already listens."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"cannot listen at {host}:{port} ({error.strerror}); choose another with --port"
            ) from error


def announced(host: str, port: int) -> bool:
    """Whether the web server answers; tells the address when it does."""
    reachable = LOCAL if host in ("0.0.0.0", "::") else host  # noqa: S104
    connection = http.client.HTTPConnection(reachable, port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    address = f"[{reachable}]" if ":" in reachable else reachable
    say(f"\nSekata: http://{address}:{port}/   (Ctrl-C: berhenti / stop)")
    return True


def main() -> None:
    """Entry of the program."""
    end_with_tree()
    try:
        group(prog_name="sekata")
    except ConfigError as error:
        raise SystemExit(f"sekata: {error}") from error


if __name__ == "__main__":
    main()
