"""What the tests in a browser need is said in one line where it is missing and cannot be installed."""

import pytest

from judges import needs


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch):
    """A machine without any of the commands, where nothing can be installed."""
    monkeypatch.setattr(needs, "on_path", lambda *names: None)
    monkeypatch.setattr(needs, "own_browser", lambda: None)
    monkeypatch.setattr(needs, "run", lambda *command: False)


@pytest.mark.parametrize(
    ("provide", "line"),
    [
        (
            needs.provide_browser,
            "The tests in a browser need Chromium: install chromium and fonts-noto-cjk (Debian's names).",
        ),
        (
            lambda: needs.provide_command("java", "default-jre-headless", "(17 or later)"),
            "The tests in a browser need java (17 or later): install default-jre-headless (Debian's name).",
        ),
        (
            needs.provide_packages,
            "npm could not install axe-core@4.14.1 and vnu-jar@26.9.27: is its registry within reach?",
        ),
    ],
    ids=["browser", "command", "packages"],
)
def test_what_is_missing_is_said_in_one_line(provide, line):
    with pytest.raises(SystemExit) as ended:
        provide()
    assert ended.value.code == line
