"""What the checks in a browser need: Chromium, Java, and two packages of npm in var/quality (`make test` calls this).

What is missing is installed where this may be done (apt-get as root); otherwise one line says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent.parent / "var" / "quality"
PACKAGES = {
    "axe-core": "4.14.1",  # the rules of accessibility that a machine can judge
    "vnu-jar": "26.9.27",  # the Nu HTML checker, in Java
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def on_path(*names):
    """Return the path of the first of these commands that there is, or None; servers lie in /usr/sbin."""
    where = f"{os.environ['PATH']}:/usr/sbin"
    return next((found for name in names if (found := shutil.which(name, path=where))), None)


def run(*command):
    """Run a command quietly and return whether it succeeded."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, capture_output=True, env=environment).returncode == 0


def debian(*packages):
    """Install packages of Debian where we may, and return whether that worked."""
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
