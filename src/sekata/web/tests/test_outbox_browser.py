"""A form written without a signal: it waits, outlives the browser, is put right and sent under one key."""

import os
import socket
import subprocess
import sys
import time

import pytest
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser
PHOTO = {"name": "sungai.jpg", "mimeType": "image/jpeg", "buffer": b"12345"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def address():
    port = free_port()
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sekata.web.tests.settings_web"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait()


@pytest.fixture
def browser(tmp_path):
    """Opens the same browser profile again and again."""
    with sync_playwright() as playwright:
        yield lambda: playwright.chromium.launch_persistent_context(
            str(tmp_path), executable_path="/usr/bin/chromium", args=["--no-sandbox"], locale="id-ID"
        )


def until(page, condition: str):
    """Wait for a condition; Playwright's own way needs eval, which the page's policy forbids."""
    for _attempt in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(condition)


def write_without_signal(context, address):
    page = context.new_page()
    page.goto(f"{address}/coba/tanya/")
    until(page, "navigator.serviceWorker.controller !== null")
    page.fill("#id_kelompok", "Tani Makmur")
    page.fill("#id_desa", "Xyz")
    page.check("#id_nama_terbuka_1")
    page.set_input_files("#id_foto", PHOTO)
    context.set_offline(True)
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/kotak-keluar/")
    page.get_by_text("Menunggu sinyal", exact=True).wait_for()
    page.goto(f"{address}/design/")
    assert "Sinyal sedang putus" in page.title()


def test_a_form_outlives_the_signal_and_the_browser(address, browser):
    first = browser()
    write_without_signal(first, address)
    first.close()

    again = browser()
    page = again.new_page()
    keys = []
    page.on(
        "request", lambda r: keys.append(r.headers.get("idempotency-key")) if r.method == "POST" else None
    )
    page.goto(f"{address}/kotak-keluar/")
    page.get_by_text("NIK harus 16 angka").wait_for()
    page.get_by_role("link", name="Perbaiki").click()
    until(page, "document.querySelector('#id_foto').files.length === 1")
    assert page.input_value("#id_kelompok") == "Tani Makmur"
    assert page.is_checked("#id_nama_terbuka_1")
    page.fill("#id_desa", "Segati")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Kotak keluar kosong").wait_for()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    again.close()
