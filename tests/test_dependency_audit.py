"""Tests of the output of the dependency audit, and of when it stops `make check`."""

import json

import pytest

from tests.dependency_audit import verdict

SOUND = {"name": "django", "version": "6.1.3", "vulns": []}
FAULTY = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["1.1", "2.0"]}]}
UNKNOWN = {"name": "asgiref", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("packages", "says", "status"),
    [
        ([SOUND, UNKNOWN], "1 of 2 packages audited.", 0),
        ([SOUND, FAULTY], "2 of 2 packages audited.\npillow 1.0: PYSEC-0000-1, mended in 1.1, 2.0", 1),
    ],
)
def test_known_fault_stops_the_check(packages, says, status):
    assert verdict(json.dumps({"dependencies": packages})) == (says, status)


@pytest.mark.parametrize(
    ("answer", "complaint", "reason"),
    [
        (json.dumps({"dependencies": [UNKNOWN]}), "No known vulnerabilities found", "it knows none of the packages"),
        ("", "Traceback\nERROR: cannot connect", "ERROR: cannot connect"),
        ("", "", ""),
    ],
)
def test_where_no_database_answers_it_is_said_and_does_not_pass_for_an_audit(answer, complaint, reason):
    says, status = verdict(answer, complaint)
    assert (says, status) == (f"NOT AUDITED: no database of vulnerabilities could be asked ({reason}).", 0)
