"""The labels of the world map: each beside its dot, without covering another one at any width of the screen.

The map grows with the screen and the letters do not, so the edge of a label is a share of the map's width and a number
of pixels: it moves linearly with the width.
"""

from functools import lru_cache
from typing import NamedTuple

from careers.world_map import WIDTH

#: The widths of the screens with short labels and with full ones, in pixels. The map is as wide as the screen.
NARROW, WIDE = (320, 1024), (1024, 4096)
#: The width of a Japanese letter and of a Latin one, and the height of a line, in pixels.
LETTER, LATIN, LINE = 15, 8.4, 18
#: The positions of a label beside its dot, best first: (dx, dy, text-anchor) in pixels.
SIDES = (
    (10, 5, "start"),
    (-10, 5, "end"),
    (0, -10, "middle"),
    (0, 21, "middle"),
    (7, -7, "start"),
    (-7, -7, "end"),
    (7, 18, "start"),
    (-7, 18, "end"),
)


class MapLabel(NamedTuple):
    dx: int
    dy: int
    anchor: str


class MapBox(NamedTuple):
    """A rectangle on the screen: its edges in units of the map, and what is added to each in pixels."""

    edges: tuple  # left, top, right, bottom
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    def at(self, width):
        """Return (left, top, right, bottom) in pixels on a screen of a width."""
        return tuple(edge * width / WIDTH + more for edge, more in zip(self.edges, self[1:], strict=True))


@lru_cache(maxsize=64)
def lay_out(dots, texts, keep_clear, wide=False):
    """Return the MapLabel of each dot, None where it has no room.

    `dots` are (x, y, half the size of the dot in pixels), `texts` their texts, `keep_clear` further Boxes.
    """
    screens = WIDE if wide else NARROW
    taken = [*keep_clear, *map(dot_box, dots)]
    labels = []
    for dot, text in zip(dots, texts, strict=True):
        room = [box for box in taken if box != dot_box(dot)]
        sides = (MapLabel(*side) for side in SIDES)
        label = next((side for side in sides if has_room(label_box(dot, text, side), room, screens)), None)
        labels.append(label)
        taken += [label_box(dot, text, label)] if label else []
    return labels


def has_room(box, taken, screens):
    left, _top, right, _bottom = box.at(screens[0])
    return left >= 0 and right <= screens[0] and not any(ever_overlap(box, other, screens) for other in taken)


def dot_box(dot):
    x, y, half = dot
    return MapBox((x, y, x, y), -half, -half, half, half)


def label_box(dot, text, label):
    """Return the box of a label. The width of its text is an estimate."""
    x, y, _half = dot
    width = sum(LETTER if ord(letter) > 0x2E7F else LATIN for letter in text)
    left = {"start": label.dx, "end": label.dx - width, "middle": label.dx - width / 2}[label.anchor]
    return MapBox((x, y, x, y), left, label.dy - LINE + 4, left + width, label.dy + 4)


def ever_overlap(one, other, screens):
    """Return whether two boxes overlap on any screen whose width lies between two widths."""
    low, high = screens
    for edge, opposite in ((0, 2), (1, 3)):
        for first, second in ((one, other), (other, one)):
            grows = (first.edges[edge] - second.edges[opposite]) / WIDTH
            gap = first[edge + 1] - second[opposite + 1]  # they can overlap only where grows * width + gap < 0
            if grows > 0:
                high = min(high, -gap / grows)
            elif grows < 0:
                low = max(low, gap / -grows)
            elif gap >= 0:
                return False
    return low < high
