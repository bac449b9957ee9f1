"""The world map: the position of each place, the line from Tokyo to it, and the position of its name.

The land is static/img/map.svg, made by draw_world_map.mjs: a Miller projection of 79° N to 57° S, 1440 units wide,
with 150° E in the middle, so that the map's edge does not cut the Pacific.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import acos, asin, atan2, cos, degrees, log, pi, radians, sin, tan

WIDTH, HEIGHT = 1440, 668
NORTH, MIDDLE = 79, 150
SCALE = WIDTH / (2 * pi)
TOKYO = (35.68, 139.75)

#: The width of the narrowest screen that shows names, the width of a letter and the height of a line, in pixels.
NARROWEST = 1024
LETTER, LINE = 14, 17
#: The box that the page's headline covers: (left, top, right, bottom) in pixels at NARROWEST.
HEADLINE = (560, 120, 826, 340)


def miller(latitude):
    """Return the y of a latitude (in degrees) in the Miller projection, for a globe of radius 1."""
    return 1.25 * log(tan(pi / 4 + 0.4 * radians(latitude)))


def project(latitude, longitude):
    """Return (x, y) in the units of the drawing for a point in degrees."""
    x = WIDTH / 2 + SCALE * radians((longitude - MIDDLE + 180) % 360 - 180)
    return x, SCALE * (miller(NORTH) - miller(latitude))


@lru_cache(maxsize=512)
def route(latitude, longitude, steps=16):
    """Return the great circle from Tokyo to a point as the data of an SVG path, "" where the point is near Tokyo."""
    (a1, o1), (a2, o2) = [tuple(map(radians, point)) for point in (TOKYO, (latitude, longitude))]
    angle = acos(min(1, sin(a1) * sin(a2) + cos(a1) * cos(a2) * cos(o1 - o2)))
    if angle < 0.02:
        return ""
    points = []
    for step in range(steps + 1):
        near, far = sin(angle * (1 - step / steps)) / sin(angle), sin(angle * step / steps) / sin(angle)
        x = near * cos(a1) * cos(o1) + far * cos(a2) * cos(o2)
        y = near * cos(a1) * sin(o1) + far * cos(a2) * sin(o2)
        z = near * sin(a1) + far * sin(a2)
        points.append(project(degrees(asin(max(-1, min(1, z)))), degrees(atan2(y, x))))
    if any(inside(x * NARROWEST / WIDTH, y * NARROWEST / WIDTH, HEADLINE) for x, y in points):
        (x1, y1), (x2, y2) = points[0], points[-1]  # lead the line below the headline
        return f"M{x1:.0f} {y1:.0f}C{x1:.0f} {HEIGHT - 40} {x2:.0f} {HEIGHT - 40} {x2:.0f} {y2:.0f}"
    parts, before = [], None
    for x, y in points:
        leaps = before is None or abs(x - before) > WIDTH / 2  # the line crosses the map's edge
        parts.append(f"{'M' if leaps else 'L'}{x:.0f} {y:.0f}")
        before = x
    return "".join(parts)


@dataclass
class Spot:
    """One point of the map: its places, its name, and the position of the name. `x`, `y` are in units of the map."""

    places: list
    name: str
    x: float
    y: float
    path: str
    label: tuple | None = None  # (dx, dy, text-anchor) in pixels, None where the name has no room

    @property
    def left(self):
        return f"{100 * self.x / WIDTH:.2f}%"

    @property
    def top(self):
        return f"{100 * self.y / HEIGHT:.2f}%"


#: The positions of a name beside its dot, best first: (dx, dy, text-anchor) in pixels.
SIDES = ((10, 4, "start"), (-10, 4, "end"), (0, -10, "middle"), (0, 20, "middle"), (8, -8, "start"), (-8, 18, "end"))


def spots(named_places):
    """Return the spots of (place, name) pairs: one spot for each point, with names that do not cover one another.

    A name without room is left out of the drawing; the list of places has it.
    """
    at = {}
    for place, name in named_places:
        point = (round(float(place.latitude), 1), round(float(place.longitude), 1))
        if point in at:
            at[point].places.append(place)
        else:
            x, y = project(*point)
            at[point] = Spot([place], name, x, y, route(*point))
    laid_out = list(at.values())
    taken = [HEADLINE, *map(dot_of, laid_out)]
    for spot in laid_out:
        others = [box for box in taken if box != dot_of(spot)]
        for side in SIDES:
            box = box_of(spot, side)
            if box[0] >= 0 and box[2] <= NARROWEST and not any(boxes_overlap(box, other) for other in others):
                spot.label = side
                taken.append(box)
                break
    return laid_out


def on_screen(spot, dx=0, dy=0):
    return spot.x * NARROWEST / WIDTH + dx, spot.y * NARROWEST / WIDTH + dy


def dot_of(spot):
    """Return the box of a dot, (left, top, right, bottom) in pixels at NARROWEST."""
    return (*on_screen(spot, -5, -5), *on_screen(spot, 5, 5))


def box_of(spot, side):
    """Return the box of a spot's name on a side, (left, top, right, bottom) in pixels at NARROWEST.

    The width is an estimate: a Latin letter is about half as wide as a Japanese one.
    """
    dx, dy, anchor = side
    width = sum(LETTER if ord(letter) > 0x2E7F else LETTER * 0.58 for letter in spot.name)
    x, y = on_screen(spot, dx, dy)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return left, y - LINE + 3, left + width, y + 3


def boxes_overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(x, y, box):
    return box[0] < x < box[2] and box[1] < y < box[3]
