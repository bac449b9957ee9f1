"""`make audit`: pip-audit looks up the locked packages of the site in the databases of vulnerabilities.

The exit status is 1 if a locked version has a known vulnerability. If no database answers, or none knows any of the
packages, the command prints NOT AUDITED and exits with 0: a closed network is not an error of the site, but it must
not look like an audit either.
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
        process = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
        answer = file.read_text(encoding="utf-8") if file.exists() else ""
    message, status = verdict(answer, process.stderr)
    print(message)  # noqa: T201  (the output of a command)
    return status


def verdict(answer, complaint=""):
    """Return (message, exit status). `answer` is pip-audit's JSON, or "" with its standard error as `complaint`."""
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
