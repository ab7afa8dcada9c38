"""Makes sure that the browser tests find Chromium: installs it by apt where we may, else says how."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> bool:
    """Whether a browser is there."""
    return any(map(shutil.which, NAMES))


def main() -> int:
    """0 when a browser is there in the end."""
    if found():
        return 0
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("Chromium is missing; installing it by apt", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([apt, "update", "-qq"], env=environment)  # noqa: S603
        subprocess.run([apt, "install", "-y", "-qq", "chromium"], env=environment)  # noqa: S603
    if found():
        return 0
    print(
        "The browser tests need Chromium, which is not installed. Install it and run make test again:\n"
        "  Debian:        sudo apt install chromium\n"
        "  Fedora:        sudo dnf install chromium\n"
        "  macOS:         brew install --cask chromium\n"
        "Without it, run the rest by: make test TESTS=\"-m 'not browser'\"  (after: touch .venv/.dev)",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
