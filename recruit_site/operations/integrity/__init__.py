"""The integrity checks of `manage.py verify`: whether stored data agrees with the content and with itself.

Each check yields sentences for the operator. Some findings are harmless, such as a file whose picture was never saved.
Data that is derived from content alone can be made anew.
"""

from collections.abc import Callable
from typing import NamedTuple

from recruit_site.operations.integrity import content, database, files, pages, search, slugs

__all__ = ["CHECKS", "IntegrityCheck", "IntegrityFinding", "findings", "mend", "pages"]


class IntegrityCheck(NamedTuple):
    """A check: `find` yields sentences, and `mend` makes the derived data anew.

    `mend` is None where nothing can be made anew. `harmless` says that findings are no fault of the site.
    """

    find: Callable
    mend: Callable | None = None
    harmless: bool = False


#: All checks by name, the foundations first.
CHECKS = {
    "database": IntegrityCheck(database.find_damage),
    "migrations": IntegrityCheck(database.find_pending_work),
    "history": IntegrityCheck(content.history),
    "translations": IntegrityCheck(content.translations),
    "names of staff": IntegrityCheck(content.mentions, content.mend_mentions),
    "findings": IntegrityCheck(content.checks, content.mend_checks, harmless=True),
    "slugs": IntegrityCheck(slugs.find_dangling_rows),
    "redirects": IntegrityCheck(slugs.redirects),
    "search": IntegrityCheck(search.entries, search.mend),
    "pictures": IntegrityCheck(files.pictures, files.mend_renditions),
    "left files": IntegrityCheck(files.find_unnamed_files, files.delete_unnamed_files, harmless=True),
}


class IntegrityFinding(NamedTuple):
    """A sentence, and the name of the check that yielded it."""

    check: str
    says: str

    @property
    def harmless(self):
        return CHECKS[self.check].harmless

    def __str__(self):
        return f"{self.check}{' (harmless)' if self.harmless else ''}: {self.says}"


def findings():
    """Yield the IntegrityFindings of all checks, and stop after findings about the database or its migrations."""
    for name, check in CHECKS.items():
        results = [IntegrityFinding(name, says) for says in check.find()]
        yield from results
        if results and name in ("database", "migrations"):
            return


def mend(found):
    """Mend the data of every check that has a finding in `found` and can mend; return the names of those checks."""
    names = [name for name in CHECKS if CHECKS[name].mend and any(finding.check == name for finding in found)]
    for name in names:
        CHECKS[name].mend()
    return names
