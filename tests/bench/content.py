"""Content of ten years: the brochures' interviews and questions made to many, and notices that came meanwhile."""

import copy
from datetime import timedelta
from itertools import cycle, islice

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from careers.models import Notice
from faq.models import Question
from interviews.models import Interview

#: How much there is after ten years, and for how long a notice is the last one. A new site has the notices of a month.
INTERVIEWS, QUESTIONS, NOTICES, NEW_NOTICES = 300, 1000, 3000, 30
BETWEEN = timedelta(days=1.2)


def fill(ten_years):
    """Make the content of a site; one that is new has the brochures' and some notices."""
    if ten_years:
        fill_interviews()
        fill_questions()
    fill_notices(NOTICES if ten_years else NEW_NOTICES)
    call_command("rebuild_search", verbosity=0)
    connection.cursor().execute("ANALYZE")  # as every start of the site does


def fill_interviews():
    there = list(Interview.objects.select_related("person").prefetch_related("answers", "subjects"))
    originals = list(islice(cycle(there), INTERVIEWS - len(there)))
    people = stored(copied(one.person, slug=f"made-{place}") for place, one in enumerate(originals))
    made = stored(copied(one, slug=who.slug, person=who) for one, who in zip(originals, people, strict=True))
    pairs = list(zip(originals, made, strict=True))
    stored(copied(answer, interview=new) for one, new in pairs for answer in one.answers.all())
    share_subjects(pairs)


def fill_questions():
    there = list(Question.objects.prefetch_related("subjects"))
    originals = list(islice(cycle(there), QUESTIONS - len(there)))
    made = stored(copied(one, slug=f"made-{place}") for place, one in enumerate(originals))
    share_subjects(list(zip(originals, made, strict=True)))


def fill_notices(number):
    """Make notices back from now, every third a briefing, with the texts of questions."""
    texts = cycle(Question.objects.all()[:50])
    stored(notice(place, next(texts), timezone.now() - place * BETWEEN) for place in range(number))


def notice(place, text, since):
    fields = {name: getattr(text, name) for name in ("title_ja", "title_en", "text_ja", "text_en")}
    start = since + timedelta(days=14)
    if place % 3 == 0:
        fields |= {"starts_at": start, "ends_at": start, "venue_ja": "会場", "venue_en": "Venue"}
    over = start if place % 3 == 0 else since + timedelta(days=30)
    return Notice(slug=f"made-{place}", state="live", publish_from=since, over_at=over, **fields)


def copied(row, **changes):
    new = copy.copy(row)
    new.pk, new._state.adding = None, True
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def stored(rows):
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=500)


def share_subjects(pairs):
    """Give every copy the subjects of its original."""
    for original, new in pairs:
        new.subjects.set(original.subjects.all())
