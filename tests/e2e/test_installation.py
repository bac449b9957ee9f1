"""Tests that one line names the program that the browser tests need, where it is missing and cannot be installed."""

import pytest

from tests.quality import installation


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch):
    """Simulate a machine without any of the programs, on which nothing can be installed."""
    monkeypatch.setattr(installation, "on_path", lambda *names: None)
    monkeypatch.setattr(installation, "own_browser", lambda: None)
    monkeypatch.setattr(installation, "run", lambda *command: False)


@pytest.mark.parametrize(
    ("provide", "line"),
    [
        (
            installation.provide_browser,
            "The tests in a browser need Chromium: install chromium and fonts-noto-cjk (Debian's names).",
        ),
        (
            lambda: installation.provide_command("java", "default-jre-headless", "(17 or later)"),
            "The tests in a browser need java (17 or later): install default-jre-headless (Debian's name).",
        ),
        (
            installation.provide_packages,
            "npm could not install axe-core@4.14.1 and vnu-jar@26.9.27: is its registry within reach?",
        ),
    ],
    ids=["browser", "command", "packages"],
)
def test_what_is_missing_is_said_in_one_line(provide, line):
    with pytest.raises(SystemExit) as ended:
        provide()
    assert ended.value.code == line
