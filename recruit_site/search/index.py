"""The index by which a database finds the texts that may hold a form, so that only those are compared.

It knows the pieces of the folded texts, made here for every database: words and numbers, and of all writing beyond
ASCII each character and each pair of neighbours, as Japanese has no spaces. A migration makes it.
"""

import re

from django.core.exceptions import FullResultSet
from django.db import models

RUN = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
#: Of longer words the start is known: PostgreSQL refuses lexemes past 2 KB.
LONGEST = 128


def pieces_of(text):
    """Return the pieces of a folded text, each once."""
    found = {}
    for run in RUN.findall(text):
        found |= dict.fromkeys([run[:LONGEST]] if run.isascii() else [*run, *pairs(run)])
    return list(found)


def pairs(run):
    return [run[at : at + 2] for at in range(len(run) - 1)]


def needed_for(form):
    """Return the pieces of every text that holds a folded form: (piece, whether it is only the start of a word).

    Where there are none, all texts must be compared.
    """
    found = []
    for match in RUN.finditer(form):
        run, before, after = match[0], form[: match.start()][-1:], form[match.end() :][:1]
        if not run.isascii():
            found += [(piece, False) for piece in pairs(run) or [run]]
        elif before == " ":
            found.append((run[:LONGEST], after != " " or len(run) > LONGEST))
    return list(dict.fromkeys(found))


def is_piece(form):
    """Whether a form is one piece, so that every text with the piece holds the form."""
    needed = needed_for(form)
    if len(needed) != 1:
        return False
    piece = needed[0][0]
    return form in ((f" {piece}", f" {piece} ") if piece.isascii() else (piece,))


class PiecesField(models.TextField):
    """The pieces of the folded text in the field `of`, between spaces, made whenever a row is saved."""

    def __init__(self, *args, of, **options):
        self.of = of
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, row, add):
        return " ".join(pieces_of(getattr(row, self.of)))


@PiecesField.register_lookup
class Hold(models.Lookup):
    """Whether a text may hold each of some terms, tuples of folded texts, in one of its texts.

    A piece is of letters and digits alone or has nothing of ASCII, so none can mean anything to a database.
    """

    lookup_name = "hold"
    prepare_rhs = False

    def asked(self, both, either, whole, start):
        """Return the terms as a database reads them, from how it writes `both` and `either`, a whole word, a start."""
        terms = []
        for term in self.rhs:
            forms = [[(start if open_ else whole) % piece for piece, open_ in needed_for(text)] for text in term]
            if all(forms):
                terms.append(f"({either.join(f'({both.join(pieces)})' for pieces in forms)})")
        if not terms:
            raise FullResultSet
        return both.join(terms)

    def as_sqlite(self, compiler, connection):
        index = f"{self.lhs.target.model._meta.db_table}_index"
        rows = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608  (named by the model)
        return f"{compiler.quote_name(self.lhs.alias)}.id IN ({rows})", [self.asked(" AND ", " OR ", '"%s"', '"%s"*')]

    def as_postgresql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        asked = self.asked(" & ", " | ", "'%s'", "'%s':*")
        return f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery", [*parameters, asked]
