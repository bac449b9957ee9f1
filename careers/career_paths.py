"""The model career and the careers of real people, on one axis: years since joining the ministry."""

from dataclasses import dataclass, field

from careers.models import CareerKind

#: The lanes of a drawn career, from above: overseas, headquarters, everything else.
OVERSEAS, HOME, ELSEWHERE = range(3)
LANES = {CareerKind.ABROAD: OVERSEAS, CareerKind.HEADQUARTERS: HOME}


@dataclass
class CareerStretch:
    """A part of a career. `start` and `end` are years since joining, None where the document does not state them."""

    piece: object  # a CareerStep or a PathStage: its title, text and kind
    kind: str
    start: int | None
    end: int | None
    year: int | None = None  # the calendar year of the start
    place: object = None

    @property
    def lane(self):
        return LANES.get(self.kind, ELSEWHERE)

    @property
    def length(self):
        """The length in years, None where the document does not state it."""
        return None if self.start is None or self.end is None else self.end - self.start


@dataclass
class CareerPath:
    """A career: its owner and its stretches in order. `key` is the owner's slug, or "model"."""

    key: str
    owner: object  # a Person, or None for the model path
    joined_year: int | None = None
    stretches: list[CareerStretch] = field(default_factory=list)

    def of_kind(self, *kinds):
        return [stretch for stretch in self.stretches if stretch.kind in kinds]

    @property
    def first_posting(self):
        """The first stretch abroad, None where there is none or where it is not known to be the first.

        A biography without the year of joining is a selection: the first mission it names may not be the first one.
        """
        if self.owner and not self.joined_year:
            return None
        return next(iter(self.of_kind(CareerKind.ABROAD)), None)

    @property
    def secondments(self):
        return self.of_kind(CareerKind.SECONDMENT)

    @property
    def years_abroad(self):
        """The years of work and study abroad together, None where there are none or a length is not known."""
        lengths = [stretch.length for stretch in self.of_kind(CareerKind.ABROAD, CareerKind.STUDY)]
        return sum(lengths) if lengths and None not in lengths else None

    @property
    def turns(self):
        """The changes of lane, starting from headquarters: [(stretch, lane before it, its lane), …]."""
        lanes = [stretch.lane for stretch in self.stretches]
        return list(zip(self.stretches, [HOME, *lanes], lanes, strict=False))

    @property
    def years(self):
        """The last year since joining that a stretch states, 0 where none does."""
        return max((stretch.end or stretch.start or 0 for stretch in self.stretches), default=0)


def model_path(stages):
    """Return the path of the model career. A stage counts years from 1; the axis starts at 0, the day of joining."""
    return CareerPath(
        "model",
        None,
        stretches=[
            CareerStretch(
                stage,
                stage.kind,
                stage.from_year - 1 if stage.from_year else None,
                stage.to_year or stage.from_year,
            )
            for stage in stages
        ],
    )


def path_of(person):
    """Return the path of a person. Fetch the person with_published("career_steps__place").

    A step starts in its `year`, or where the step before it ends. It ends after its `years`, or where the next step
    starts. A start or an end that follows from neither is None.
    """
    steps = list(person.career_steps.all())
    path = CareerPath(person.slug, person, person.joined_year)
    position = 0 if steps and steps[0].year in (None, person.joined_year) else None
    for index, step in enumerate(steps):
        start = years_since_joining(person, step.year) if step.year else position
        following = steps[index + 1].year if index + 1 < len(steps) else None
        end = start + step.years if start is not None and step.years else years_since_joining(person, following)
        path.stretches.append(CareerStretch(step, step.kind, start, end, step.year, step.place))
        position = end
    return path


def years_since_joining(person, year):
    """Return the years between joining and a calendar year, None where either is not known."""
    return year - person.joined_year if year and person.joined_year else None
