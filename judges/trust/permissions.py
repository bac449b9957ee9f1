"""The permission matrix for every kind of content in every state: `make test` tries its borders alone."""

import os
import re
import subprocess
import sys

from judges.site import ROOT
from judges.trust.rows import Row, lost

TESTS = "tests/recruit_site/test_permissions.py"


def run():
    command = [sys.executable, "-m", "pytest", TESTS, "-q", "-n0", "--tb=short", "--show-capture=no"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"EVERY_MODEL": "1", "CI": "1"}, capture_output=True, text=True, check=False
    )
    sys.stderr.write(done.stdout if done.returncode else "")
    passed, failed = (sum(map(int, re.findall(rf"(\d+) {word}", done.stdout))) for word in ("passed", "failed"))
    remark = "each kind of content × group × action × state, through HTTP, by what it leaves"
    return [Row("what a group may not do", f"{passed + failed} kinds", lost(failed, "kinds"), remark)]
