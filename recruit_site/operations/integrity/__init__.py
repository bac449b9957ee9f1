"""The proof that everything that is kept agrees with everything else.

Each check yields what it found, as sentences for whoever keeps the machine. Some are no fault: a file whose picture
was never saved does no harm. What follows from content alone can be mended.
"""

from collections.abc import Callable
from typing import NamedTuple

from recruit_site.operations.integrity import content, database, files, names, pages, search

__all__ = ["CHECKS", "Check", "Finding", "findings", "mend", "pages"]


class IntegrityCheck(NamedTuple):
    """`find` yields sentences; `mend`, where there is one, makes anew what they are about; with `harmless` ones the
    site is as it should be."""

    find: Callable
    mend: Callable | None = None
    harmless: bool = False


#: All checks by name, the foundations first.
CHECKS = {
    "database": IntegrityCheck(database.damage),
    "migrations": IntegrityCheck(database.unprepared),
    "history": IntegrityCheck(content.history),
    "translations": IntegrityCheck(content.translations),
    "names of staff": IntegrityCheck(content.mentions, content.mend_mentions),
    "findings": IntegrityCheck(content.checks, content.mend_checks, harmless=True),
    "slugs": IntegrityCheck(names.lost),
    "redirects": IntegrityCheck(names.redirects),
    "search": IntegrityCheck(search.entries, search.mend),
    "pictures": IntegrityCheck(files.pictures, files.mend_renditions),
    "left files": IntegrityCheck(files.left, files.remove_left, harmless=True),
}


class IntegrityFinding(NamedTuple):
    """A sentence, and the name of the check that found it."""

    check: str
    says: str

    @property
    def harmless(self):
        return CHECKS[self.check].harmless

    def __str__(self):
        return f"{self.check}{' (harmless)' if self.harmless else ''}: {self.says}"


def findings():
    """Yield the IntegrityFindings of all checks. A damaged database is not asked any further."""
    for name, check in CHECKS.items():
        found = [IntegrityFinding(name, says) for says in check.find()]
        yield from found
        if found and name in ("database", "migrations"):
            return


def mend(found):
    """Make anew what can be, of all that was found; return the names of those checks."""
    names = [name for name in CHECKS if CHECKS[name].mend and any(finding.check == name for finding in found)]
    for name in names:
        CHECKS[name].mend()
    return names
