"""The programs that the browser tests need: Chromium, Java, npm, and two npm packages in var/quality.

`make test` runs this module. It installs missing programs where it may (with apt-get, as root); otherwise it exits with
a line that says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent.parent / "var" / "quality"
PACKAGES = {
    "axe-core": "4.14.1",  # accessibility rules that a program can check
    "vnu-jar": "26.9.27",  # the Nu HTML checker, in Java
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def on_path(*names):
    """Return the path of the first of the commands that exists, or None. Debian installs servers in /usr/sbin."""
    where = f"{os.environ['PATH']}:/usr/sbin"
    return next((path for name in names if (path := shutil.which(name, path=where))), None)


def run(*command):
    """Run a command without output and return whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, capture_output=True, env=environment).returncode == 0


def debian(*packages):
    """Install Debian packages if the process may, and return whether that succeeded."""
    if os.geteuid() != 0 or not on_path("apt-get"):
        return False
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *packages)
    return run(*install) or (run("apt-get", "update") and run(*install))


def own_browser():
    """Return the path of the Chromium that Playwright downloaded, or None."""
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def browser():
    """Return the path of a Chromium, or None."""
    return on_path(*BROWSERS) or own_browser()


def provide_browser():
    if not browser() and not debian("chromium", "fonts-noto-cjk"):
        run(sys.executable, "-m", "playwright", "install", "chromium")
    if not browser():
        sys.exit("The tests in a browser need Chromium: install chromium and fonts-noto-cjk (Debian's names).")


def provide_command(command, package, purpose, who="The tests in a browser"):
    if not on_path(command) and not (debian(package) and on_path(command)):
        sys.exit(f"{who} need {command} {purpose}: install {package} (Debian's name).")


def provide_packages():
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    options = ("--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", FOLDER)
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not run("npm", "install", *options, *wanted):
        sys.exit(f"npm could not install {' and '.join(wanted)}: is its registry within reach?")


def main():
    try:
        provide_browser()
    except Error as error:
        sys.exit(f"Playwright does not start: {error.message.splitlines()[0]}")
    provide_command("java", "default-jre-headless", "(17 or later) for the Nu HTML checker")
    provide_command("npm", "npm", "to fetch axe-core and the Nu HTML checker")
    provide_packages()


if __name__ == "__main__":
    main()
