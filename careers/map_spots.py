"""The spots of the world map: one for each country that the documents name, with the number that the list shows too."""

from dataclasses import dataclass
from itertools import chain, count

from careers.map_labels import MapBox, MapLabel, lay_out
from careers.models import Place
from careers.world_map import HEADLINE, HEIGHT, TOKYO, WIDTH, inside, project, route
from recruit_site.content.translated_fields import translated_text

#: The cable of the home page, as templates/components/hero.html draws it: from Tokyo down, then to the left.
TOKYO_X, TOKYO_Y = project(*TOKYO)
HOME_CABLE = (
    MapBox((TOKYO_X, TOKYO_Y, TOKYO_X, HEIGHT), -4, 0, 4, 0),
    MapBox((0, 632, TOKYO_X, 632), 0, -4, 0, 4),
)
#: The cable of the page of places: along the left of the page, at 6 % of its width.
PAGE_CABLE = (MapBox((0.06 * WIDTH, 0, 0.06 * WIDTH, HEIGHT), -4, 0, 4, 0),)


@dataclass
class Spot:
    """A point of the map and a row of the list: a country with its places, or one place that is named by itself.

    `number` is "" for Tokyo, which the map names on every screen. `line` is the data of the line from Tokyo, "" without
    one. `short` and `full` are the labels on narrow and wide screens, None where there is no room.
    """

    places: list
    number: str = ""
    line: str = ""
    short: MapLabel | None = None
    full: MapLabel | None = None

    @property
    def place(self):
        return self.places[0]

    @property
    def name(self):
        return translated_text(self.place, self.place.named_by).text

    @property
    def cited(self):
        """The pieces whose source documents its row rests on. Fetch the places with_pieces()."""
        related = [[place, *place.projects.all(), *place.people] for place in self.places]
        return [*chain.from_iterable(related)]

    @property
    def is_headquarters(self):
        return self.place.kind == Place.Kind.HEADQUARTERS

    @property
    def is_of_other_ministry(self):
        return self.place.kind == Place.Kind.OTHER_MINISTRY

    @property
    def is_joined(self):
        """Whether the map joins it to Tokyo: the ministry's staff served there, or a project is there."""
        return any(place.kind in Place.JOINED_TO_TOKYO for place in self.places)

    @property
    def position(self):
        """The latitude and longitude of its point, in degrees."""
        return float(self.place.latitude), float(self.place.longitude)

    @property
    def x(self):
        return project(*self.position)[0]

    @property
    def y(self):
        return project(*self.position)[1]

    @property
    def left(self):
        return f"{100 * self.x / WIDTH:.2f}%"

    @property
    def top(self):
        return f"{100 * self.y / HEIGHT:.2f}%"


def spots(places):
    """Return the spots of the page of places, in the order of the list: those of other ministries' essays last."""
    return labelled(numbered(places), PAGE_CABLE)


def home_spots(places):
    """Return the spots of the home page: Tokyo, and the missions and projects outside the headline."""
    found = [spot for spot in numbered(places, HEADLINE) if spot.is_headquarters or spot.is_joined]
    shown = [spot for spot in found if not inside((spot.x, spot.y), HEADLINE)]
    return labelled(shown, HOME_CABLE, *map(MapBox, HEADLINE))


def numbered(places, clear_of=()):
    """Return a spot for each country, numbered in the order of the list, with lines that keep clear of a box."""
    rows = {}
    for place in sorted(places, key=lambda place: place.kind == Place.Kind.OTHER_MINISTRY):
        rows.setdefault(place.slug if place.named_by == "title" else place.country_ja, []).append(place)
    found = [Spot(row) for row in rows.values()]
    numbers = count(1)
    for spot in found:
        spot.number = "" if spot.is_headquarters else str(next(numbers))
        spot.line = route(*spot.position, clear_of) if spot.is_joined else ""
    return found


def labelled(found, cable, *headline):
    """Place the labels of the spots, clear of one another, of the cable and, where names are shown, of the headline."""
    dots = tuple((spot.x, spot.y, 9 if spot.is_headquarters else 5) for spot in found)
    short = lay_out(dots, tuple(spot.number or spot.name for spot in found), cable)
    full = lay_out(dots, tuple(f"{spot.number} {spot.name}" for spot in found), (*cable, *headline), wide=True)
    for number, spot in enumerate(found):
        spot.short, spot.full = short[number], full[number]
    return found
