"""The content of a site after ten years: copies of the fixtures' interviews and questions, and notices over time."""

import copy
from datetime import timedelta
from itertools import cycle, islice

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from careers.models import Notice
from faq.models import Question
from interviews.models import Interview

#: The numbers of interviews, questions and notices: one full page of each list, and after ten years.
ONE_PAGE, TEN_YEARS = (30, 30, 30), (300, 1000, 3000)
#: The time between two notices.
BETWEEN = timedelta(days=1.2)


def fill(ten_years):
    """Add content to that of the fixtures: up to one full page of each list or, with `ten_years`, ten years of it."""
    interviews, questions, notices = TEN_YEARS if ten_years else ONE_PAGE
    fill_interviews(interviews)
    fill_questions(questions)
    fill_notices(notices)
    call_command("rebuild_search", verbosity=0)
    connection.cursor().execute("ANALYZE")  # every start of the site runs it too


def fill_interviews(number):
    interviews = list(Interview.objects.select_related("person").prefetch_related("answers"))
    originals = list(islice(cycle(interviews), number - len(interviews)))
    people = stored(copied(one.person, slug=f"made-{place}") for place, one in enumerate(originals))
    pairs = zip(originals, people, strict=True)
    copies = stored(copied(one, slug=who.slug, person=who, has_page=True) for one, who in pairs)
    pairs = zip(originals, copies, strict=True)
    stored(copied(answer, interview=new) for one, new in pairs for answer in one.answers.all())


def fill_questions(number):
    questions = list(Question.objects.all())
    originals = islice(cycle(questions), number - len(questions))
    stored(copied(one, slug=f"made-{place}") for place, one in enumerate(originals))


def fill_notices(number):
    """Create notices from now back into the past, every third one a briefing, with the texts of questions."""
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
