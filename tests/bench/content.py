"""The brochures' content, made to many: interviews with their people, answers and subjects, and questions.

The search is not told of them: bench/search.py measures it.
"""

import copy
from itertools import cycle, islice

from django.db import connection

from faq.models import Question
from interviews.models import Answer, Interview

BATCH = 500


def fill(number):
    """Copy interviews and questions until there are `number` of each; return how much there is."""
    there = Interview.objects.count()
    rows = Interview.objects.select_related("person").prefetch_related("answers", "subjects")
    originals = list(islice(cycle(rows), max(number - there, 0)))
    people = stored([copied(one.person, slug=f"made-{there + place}") for place, one in enumerate(originals)])
    copies = stored(
        [copied(one, slug=person.slug, person=person) for one, person in zip(originals, people, strict=True)]
    )
    pairs = list(zip(originals, copies, strict=True))
    stored([copied(answer, interview=new) for one, new in pairs for answer in one.answers.all()])
    share_subjects(pairs)

    there = Question.objects.count()
    originals = list(islice(cycle(Question.objects.prefetch_related("subjects")), max(number - there, 0)))
    copies = stored([copied(one, slug=f"made-{there + place}") for place, one in enumerate(originals)])
    share_subjects(list(zip(originals, copies, strict=True)))
    connection.cursor().execute("ANALYZE")  # as every start of the site does
    return {model.__name__: model.objects.count() for model in (Interview, Answer, Question)}


def copied(row, **changes):
    new = copy.copy(row)
    new.pk, new._state.adding = None, True
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def stored(rows):
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
    return rows


def share_subjects(pairs):
    """Give every copy the subjects of its original."""
    if pairs:
        model = type(pairs[0][1])
        own = f"{model._meta.model_name}_id"
        link = model.subjects.through
        shared = [(new.pk, subject.pk) for original, new in pairs for subject in original.subjects.all()]
        stored([link(**{own: piece, "subject_id": subject}) for piece, subject in shared])
