"""The model career and the careers of real people: the posts in order, with what the documents say of their times."""

from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from django.db.models import Count, Q

from careers.models import CareerKind, Person

#: The lanes of a drawn career, from above: overseas, headquarters, everything else.
OVERSEAS, HOME, ELSEWHERE = range(3)
LANES = {CareerKind.ABROAD: OVERSEAS, CareerKind.HEADQUARTERS: HOME}

#: A person with fewer posts that have a year is not laid beside the model career.
FEWEST_DATED_POSTS = 3


@dataclass
class CareerStretch:
    """A post of a career, or training that may be taken along the way.

    `year` is the calendar year of its start and `length` its length in years, None where no document gives them.
    `meets_next` says that the next post starts where this one ends. `service_year` is the year of service in which
    training may be taken: the first year after joining is 1.
    """

    piece: object  # a CareerStep or a PathStage: its title, text and kind
    kind: str
    year: int | None = None
    length: int | None = None
    meets_next: bool = False
    is_training: bool = False
    service_year: int | None = None

    @property
    def lane(self):
        return LANES.get(self.kind, ELSEWHERE)

    @property
    def place(self):
        return getattr(self.piece, "place", None)


@dataclass
class CareerPath:
    """A career: its owner and its stretches in order. `key` is the owner's slug, or "model"."""

    key: str
    owner: object  # a Person, or None for the model path
    joined_year: int | None = None
    stretches: list[CareerStretch] = field(default_factory=list)

    @property
    def posts(self):
        return [stretch for stretch in self.stretches if not stretch.is_training]

    @property
    def training(self):
        return [stretch for stretch in self.stretches if stretch.is_training]

    def is_placed(self, training):
        """Return whether training falls in the stated length of the first post, or directly after it.

        The documents do not say during which post any other training falls.
        """
        known = self.posts[0].length if self.posts else None
        return bool(known and training.service_year and training.service_year <= known + 1)

    @property
    def is_dated(self):
        """Whether each of at least two posts has a year, and each year is later than the one before."""
        years = [post.year for post in self.posts]
        return len(years) > 1 and None not in years and all(one < other for one, other in pairwise(years))

    @property
    def first_posting(self):
        """The first post abroad, None where there is none or where it is not known to be the first.

        A biography without the year of joining is a selection: the first mission it names may not be the first one.
        """
        if self.owner and not self.joined_year:
            return None
        return next((post for post in self.posts if post.kind == CareerKind.ABROAD), None)

    @property
    def years_before_posting(self):
        """The stated length of the headquarters post that the first posting follows, None where there is none."""
        posts = self.posts
        if len(posts) < 2 or posts[1] is not self.first_posting or posts[0].kind != CareerKind.HEADQUARTERS:
            return None
        return posts[0].length


def model_path(stages):
    """Return the path of the model career. Its study is training that staff may take: it is no post."""
    return CareerPath("model", None, stretches=[model_stretch(stage) for stage in stages])


def model_stretch(stage):
    if stage.kind == CareerKind.STUDY:
        return CareerStretch(stage, stage.kind, is_training=True, service_year=stage.from_year)
    length = stage.to_year - stage.from_year + 1 if stage.from_year and stage.to_year else None
    return CareerStretch(stage, stage.kind, length=length)


def path_of(person):
    """Return the path of a person. Fetch the person with_published("career_steps__place"), to name places.

    The length of a step is the one that the document states, or else the time until the year of the next step.
    """
    steps = list(person.career_steps.all())
    stretches = [person_stretch(*pair) for pair in zip_longest(steps, steps[1:])]
    return CareerPath(person.slug, person, person.joined_year, stretches)


def person_stretch(step, following):
    until_next = following.year - step.year if following and following.year and step.year else None
    length = step.years or until_next
    meets_next = length is not None and length == until_next
    return CareerStretch(step, step.kind, step.year, length, meets_next)


def people_to_compare():
    """Return the published people whose careers can be laid beside the model career.

    They are technical officials, and the documents give the year of joining and the years of at least
    FEWEST_DATED_POSTS posts.
    """
    dated = Count("career_steps", filter=Q(career_steps__year__isnull=False))
    people = Person.objects.published().annotate(dated_posts=dated)
    people = people.filter(group=Person.Group.TECHNICAL, joined_year__isnull=False, dated_posts__gte=FEWEST_DATED_POSTS)
    return people.order_by(*Person._meta.ordering)
