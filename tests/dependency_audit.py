"""Asks pip-audit whether a version that the site runs on is known to be vulnerable (`make audit`).

It ends with status 1 where one is. Where no database answers, or knows none of the packages, it says so and ends well:
that a network is closed is no fault of the site, and must not pass for an audit either.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.live_site import ROOT

TOOL = ROOT / ".tools" / "supply" / "bin" / "pip-audit"
LOCK = ROOT / "requirements" / "runtime.txt"
OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")


def main():
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "audit.json"
        command = [TOOL, *OPTIONS, "--requirement", LOCK, "--output", file]
        asked = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
        answer = file.read_text(encoding="utf-8") if file.exists() else ""
    says, status = verdict(answer, asked.stderr)
    print(says)  # noqa: T201  (a command speaks)
    return status


def verdict(answer, complaint=""):
    """Return (what to say, exit status) for pip-audit's answer as JSON, "" where it gave none but a complaint."""
    packages = json.loads(answer)["dependencies"] if answer else []
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        reason = complaint.strip().splitlines()[-1:] if not answer else ["it knows none of the packages"]
        return f"NOT AUDITED: no database of vulnerabilities could be asked ({' '.join(reason)}).", 0
    lines = [f"{len(audited)} of {len(packages)} packages audited."]
    for package in audited:
        for fault in package["vulns"]:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            lines.append(f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}")
    return "\n".join(lines), int(len(lines) > 1)


if __name__ == "__main__":
    sys.exit(main())
