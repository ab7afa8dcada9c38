"""The import contracts of `.importlinter`, each as a test of its own."""

import configparser
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / ".importlinter"
PREFIX = "importlinter:contract:"


def contracts() -> list[str]:
    config = configparser.ConfigParser()
    config.read(CONFIG)
    return [section.removeprefix(PREFIX) for section in config.sections() if section.startswith(PREFIX)]


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> str:
    """Where the import graph lies between the contracts."""
    return str(tmp_path_factory.mktemp("imports"))


@pytest.mark.parametrize("contract", contracts())
def test_the_house_keeps_its_floors(contract, cache, capsys):
    status = cli.lint_imports(
        config_filename=str(CONFIG), limit_to_contracts=(contract,), cache_dir=cache, no_logo=True
    )
    assert status == 0, capsys.readouterr().out


def test_the_kernels_floors_stand_in_the_order_of_its_apps(settings):
    config = configparser.ConfigParser()
    config.read(CONFIG)
    layers = config[f"{PREFIX}kernel"]["layers"].split("\n")
    apps = [app.removeprefix("sekata.kernel.") for app in settings.KERNEL]
    assert [layer.strip() for layer in layers if layer.strip() in apps] == apps[::-1]
