"""The drawing of a career in three lanes: overseas above, headquarters, study and secondment below.

It is a line that leaves the lane of headquarters and comes back, from the cable that runs down each page. It is solid
where a document states a length, dotted where only the order is known. The drawing stretches with the page, so x is a
share of its width; y is in pixels. The layout is computed for the narrowest page that shows it.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from careers.career_cable import SWING, draw_cable, percent
from careers.career_labels import ABOVE, BELOW, SMALL, WIDE, CareerLabel, place_labels
from careers.career_paths import ELSEWHERE, HOME
from careers.career_turns import LANE_X, career_turns
from careers.models import CareerKind
from recruit_site.text.line_breaking import wrap

#: The shares of the width before the first post, and after the last year for its label.
START, TAIL = 0.012, 0.2


@dataclass
class Station:
    """The node of a post, or of training that may be taken, with its label."""

    stretch: object
    lane: int
    x: float
    is_now: bool = False  # the last post of a person, which has no end
    hangs_from: int | None = None  # the lane from which placed training hangs
    label: CareerLabel | None = None

    @property
    def left(self):
        return percent(self.x)


@dataclass
class CareerLine:
    """The drawing of one career.

    `solid` and `dotted` are data of SVG paths, 1000 units wide. `lanes` are (lines of the name, y) pairs, `ticks` are
    (x, y) of the ends of stated lengths. `free` is the range (x, x) in which training without a place in the order may
    fall, or None. `year_width` is the share of the width of
    a year, None where the posts are drawn at equal steps. `fits` is False where the labels
    have no room: then the list with its own pieces of the line takes the place of the drawing at every width.
    """

    path: object
    stations: list[Station]
    year_width: float | None
    fits: bool
    lanes: list[tuple[list, int]] = field(default_factory=list)
    height: int = 0
    solid: str = ""
    dotted: str = ""
    ticks: list[tuple[str, int]] = field(default_factory=list)
    free: tuple[str, str] | None = None

    @property
    def is_by_years(self):
        return self.year_width is not None

    @property
    def home(self):
        return self.lanes[HOME][1]

    @property
    def training_y(self):
        return self.lanes[ELSEWHERE][1]

    @property
    def heads(self):
        """The names of the lanes over the list: [(name, x, y), …], each to the right of the lane's beginning."""
        return [(name, x, 20 * lane) for lane, (name, x) in enumerate(zip(lane_names(self.path), LANE_X, strict=True))]

    @property
    def turns(self):
        return career_turns(self.path, self.is_by_years)

    @property
    def tethers(self):
        """The lines from which placed training hangs: [(x, y of the line, y of the training), …]."""
        hanging = [station for station in self.stations if station.hangs_from is not None]
        return [(one.left, self.lanes[one.hangs_from][1], self.lanes[one.lane][1]) for one in hanging]

    @property
    def marks(self):
        """The stations with their y."""
        return [(station, self.lanes[station.lane][1]) for station in self.stations]


def career_lines(paths, words=True):
    """Return a CareerLine for each path that has stretches. The paths with years share one scale.

    Without `words` the drawings are small: the label of a post is its year.
    """
    paths = [path for path in paths if path.stretches]
    horizon = max((span(path) for path in paths if path.is_dated), default=0)
    return [career_line(path, horizon, WIDE if words else SMALL) for path in paths]


def career_line(path, horizon, layout):
    posts, year_width = path.posts, width_of_year(path, horizon)
    places = [*post_places(posts, year_width), 1.0]
    stations = [Station(post, post.lane, x) for post, x in zip(posts, places[:-1], strict=True)]
    if path.owner and stations:
        stations[-1].is_now = True
    training, free = training_stations(path, places)
    stations += training
    fits = place_labels(stations, SWING, layout)
    line = CareerLine(path, stations, year_width, fits, free=free)
    line.lanes, line.height = lane_positions(stations, lane_names(path), layout)
    draw_cable(line, places)
    return line


def span(path):
    return path.posts[-1].year - path.posts[0].year


def width_of_year(path, horizon):
    """Return the share of the width of a year, None where a post has no year or the line no room to turn."""
    if not path.is_dated:
        return None
    width = (1 - START - TAIL) / horizon
    closest = min(other.year - one.year for one, other in pairwise(path.posts))
    return width if closest * width > SWING else None


def post_places(posts, year_width):
    """Return the x of each post: by its year, or at equal steps."""
    if year_width:
        return [START + (post.year - posts[0].year) * year_width for post in posts]
    return [START + number * (1 - START) / len(posts) for number in range(len(posts))]


def training_stations(path, places):
    """Return the stations of training that may be taken, and the range of those without a place in the order."""
    placed = [one for one in path.training if path.is_placed(one)]
    others = [one for one in path.training if not path.is_placed(one)]
    stations = [hanging_station(path.posts[0], one, places) for one in placed]
    start = places[1] if len(places) > 2 else START
    step = (1 - start) / max(1, len(others))
    stations += [Station(one, ELSEWHERE, start + step * (n + 0.5)) for n, one in enumerate(others)]
    return stations, (percent(start), percent(0.995)) if others else None


def hanging_station(post, training, places):
    """Return the station of training at its year of service within the stated length of the first post."""
    end = places[1] - SWING if len(places) > 2 else places[1]
    x = places[0] + (end - places[0]) * (training.service_year - 1) / post.length
    return Station(training, ELSEWHERE, x, hangs_from=post.lane)


def lane_names(path):
    """Return the names of the lanes, from above."""
    has_other = any(stretch.kind == CareerKind.OTHER for stretch in path.stretches)
    last = _("Training, secondment, other") if has_other else _("Training, secondment")
    return [_("Overseas"), _("Headquarters"), last]


def lane_positions(stations, names, layout):
    """Return ([(lines of the name, y), …], height of the drawing). A lane's name stands above its beginning."""
    lanes, y = [], 0
    for lane, name in enumerate(names):
        lines = wrap(name, layout.names - 8, layout.width_of_name)
        above = max(room_needed(stations, lane, ABOVE), len(lines) * layout.line + 12)
        y += max(above + (room_needed(stations, lane - 1, BELOW) if lane else 0), layout.gap if lane else 0)
        lanes.append((list(enumerate_up(lines, layout.line)), y))
    return lanes, y + max(room_needed(stations, ELSEWHERE, BELOW), 12)


def enumerate_up(lines, height):
    """Yield (distance of the baseline above the lane, line) of the lines of a lane's name."""
    for number, line in enumerate(lines):
        yield -9 - height * (len(lines) - 1 - number), line


def room_needed(stations, lane, side):
    labels = [one.label for one in stations if one.label and (one.lane, one.label.side) == (lane, side)]
    return max((label.height for label in labels), default=0) + 14
