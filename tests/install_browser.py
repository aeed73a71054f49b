"""Finds the Chromium that the browser tests drive, or installs one. ``make test`` runs it first."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

#: The first, which draws no window of its own, takes two thirds of the time of the others.
COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_CHROMIUM = (
    "chromium_headless_shell-*/chrome-*/*headless*shell",
    "chromium_headless_shell-*/chrome-*/*headless*shell.exe",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
HOW_TO_INSTALL = (
    "No Chromium for the browser tests. Run `make test` again with a connection, install one yourself "
    "(Debian, Ubuntu: sudo apt install chromium; macOS: brew install --cask chromium), or name one: "
    "CHROMIUM=/path/to/chromium make test"
)


def find_browser() -> str | None:
    """The program of a Chromium on this machine, None where there is none. ``CHROMIUM`` decides, if set."""
    if chosen := os.environ.get("CHROMIUM"):
        return shutil.which(chosen)
    return next(_candidates(), None)


def _candidates() -> Iterator[str]:
    for command in COMMANDS:
        if found := shutil.which(command):
            yield found
    for pattern in PLAYWRIGHT_CHROMIUM:
        for found_file in sorted(_playwright_folder().glob(pattern), reverse=True):
            if os.access(found_file, os.X_OK):
                yield str(found_file)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for application in MAC_APPLICATIONS:
            if (folder / application).is_file():
                yield str(folder / application)


def _playwright_folder() -> Path:
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Local" / "ms-playwright"
    return Path.home() / ".cache" / "ms-playwright"


def install_browser() -> None:
    """Playwright's own Chromium; where that fails, the one of Debian or Ubuntu."""
    if _run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium") or not shutil.which("apt-get"):
        return
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root and not shutil.which("sudo"):
        return
    sudo = () if is_root else ("sudo",)
    if _run(*sudo, "apt-get", "update") and not _run(*sudo, "apt-get", "install", "-y", COMMANDS[0]):
        _run(*sudo, "apt-get", "install", "-y", COMMANDS[1])


def _run(*command: str) -> bool:
    print("$", *command, flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError as error:
        print(error, file=sys.stderr)
        return False


def main() -> int:
    browser = find_browser()
    if browser is None and not os.environ.get("CHROMIUM"):
        install_browser()
        browser = find_browser()
    if browser is None:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 1
    print(f"browser: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
