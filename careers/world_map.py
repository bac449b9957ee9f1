"""The world map: where a point lies in the drawing, and the line from Tokyo to it.

The land is static/img/map.svg, made by draw_world_map.mjs: a Miller projection of 79° N to 57° S, 1440 units wide,
with 150° E in the middle, so that the map's edge does not cut the Pacific. The lines are great circles: they join two
points and follow no sea cable.
"""

from functools import lru_cache
from math import acos, asin, atan2, cos, degrees, log, pi, radians, sin, tan

WIDTH, HEIGHT = 1440, 668
NORTH, MIDDLE = 79, 150
SCALE = WIDTH / (2 * pi)
TOKYO = (35.68, 139.75)

#: What the headline of the home page covers on wide screens: the short columns and the long one in Japanese, and the
#: lines in English. Each box is (left, top, right, bottom) in units of the map.
HEADLINE = ((793, 140, 1000, 535), (1000, 140, 1100, 612), (793, 165, 1170, 490))


def miller(latitude):
    """Return the y of a latitude (in degrees) in the Miller projection, for a globe of radius 1."""
    return 1.25 * log(tan(pi / 4 + 0.4 * radians(latitude)))


def project(latitude, longitude):
    """Return (x, y) in the units of the drawing for a point in degrees."""
    x = WIDTH / 2 + SCALE * radians((longitude - MIDDLE + 180) % 360 - 180)
    return x, SCALE * (miller(NORTH) - miller(latitude))


@lru_cache(maxsize=512)
def route(latitude, longitude, clear_of=()):
    """Return the line from Tokyo to a point as the data of an SVG path, "" where the point is near Tokyo.

    A line that would cross one of the boxes `clear_of` is led around below them.
    """
    points = great_circle(latitude, longitude)
    if any(inside(point, clear_of) for point in points):
        return below(points[0], points[-1], clear_of)
    parts, before = [], None
    for x, y in points:
        leaps = before is None or abs(x - before) > WIDTH / 2  # the line crosses the map's edge
        parts.append(f"{'M' if leaps else 'L'}{x:.0f} {y:.0f}")
        before = x
    return "".join(parts)


def great_circle(latitude, longitude, steps=32):
    """Return the points of the great circle from Tokyo to a point, [] where the point is near Tokyo."""
    (a1, o1), (a2, o2) = [tuple(map(radians, point)) for point in (TOKYO, (latitude, longitude))]
    angle = acos(min(1, sin(a1) * sin(a2) + cos(a1) * cos(a2) * cos(o1 - o2)))
    if angle < 0.02:
        return []
    points = []
    for step in range(steps + 1):
        near, far = sin(angle * (1 - step / steps)) / sin(angle), sin(angle * step / steps) / sin(angle)
        x = near * cos(a1) * cos(o1) + far * cos(a2) * cos(o2)
        y = near * cos(a1) * sin(o1) + far * cos(a2) * sin(o2)
        z = near * sin(a1) + far * sin(a2)
        points.append(project(degrees(asin(max(-1, min(1, z)))), degrees(atan2(y, x))))
    return points


def below(start, end, boxes):
    """Return the data of a curve from one point to another that passes below the boxes between them."""
    (x1, y1), (x2, y2) = start, end
    right, low = max(box[2] for box in boxes), max(box[3] for box in boxes)
    turn = f"{x1 + 41:.0f} {low + 138} {max(x2 - 60, right + 20):.0f} {low + 105}"
    return f"M{x1:.0f} {y1:.0f}C{turn} {x2:.0f} {y2:.0f}"


def inside(point, boxes):
    x, y = point
    return any(left < x < right and top < y < bottom for left, top, right, bottom in boxes)
