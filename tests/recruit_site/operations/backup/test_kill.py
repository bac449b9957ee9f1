"""kill -9 while editors work: a short form of the trial that `make resilience` runs with two hundred changes."""

import random
from types import SimpleNamespace

import pytest

from tests.resilience.kill import judge, texts, trial


def test_what_editors_were_told_is_there_after_kill_9_and_nothing_by_half(tmp_path):
    acknowledged, faults = trial(tmp_path, 6, ["a worker", "everything"], random.Random(9))  # noqa: S311  (moments, no secrets)
    assert faults == []
    assert sum(acknowledged.values()) >= 6


def found():
    """Return the content of a database in which every change is complete."""
    row = list(texts("PublisherA").values())
    imported = {f"new-{letter}": list(texts(f"ImporterA-{letter}").values()) for letter in "ABCD"}
    return {
        "rows": {"one": row} | imported,
        "revisions": [["one", *row]],
        "copies": {"goto": ["WriterB", "WriterB"]},
        "pictures": ["PhotographerA"],
    }


def workers():
    """Return editors whose first change was acknowledged, and whose second change got no response."""
    names = ("Publisher", "Writer", "Importer", "Photographer")
    done = [SimpleNamespace(name=name, done=[[f"{name}A", True], [f"{name}B", False]]) for name in names]
    for worker in done:
        worker.acknowledged = [f"{worker.name}A"]
    return done


def test_change_that_got_no_answer_may_be_there_or_not():
    assert list(judge(workers(), found())) == []


@pytest.mark.parametrize(
    ("where", "lost", "says"),
    [
        ("rows", {"one": ["別の題名", "", "", ""]}, "the last change of Publisher: PublisherA"),
        ("rows", {"one": [*list(texts("PublisherA").values())[:3], "older"]}, "half of PublisherA"),
        ("rows", {"new-D": ["別の題名", "", "", ""]}, "3 of 4 rows of import ImporterA"),
        ("copies", {"goto": ["WriterB", "older"]}, "half of working copy WriterB"),
        ("copies", {"goto": ["older", "older"]}, "the last change of Writer: WriterA"),
    ],
)
def test_loss_is_noticed(where, lost, says):
    there = found()
    there[where] |= lost
    assert list(judge(workers(), there)) == [says]


@pytest.mark.parametrize(
    ("where", "says"), [("revisions", "publication PublisherA"), ("pictures", "picture PhotographerA")]
)
def test_what_is_gone_is_noticed(where, says):
    assert list(judge(workers(), found() | {where: []})) == [says]
