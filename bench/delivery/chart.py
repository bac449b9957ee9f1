"""The curves of throughput and latency as one SVG that reads in light and in dark."""

import math
from xml.sax.saxutils import escape

from bench.delivery.throughput import HELLO, NGINX, RENDERED, STORED, WAGTAIL

WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 110, 56, 52
#: Labels at the ends of the lines keep this much from each other.
LINE = 16
#: A run with fewer requests says nothing of the slowest of a hundred.
FEWEST = 20
#: Each line has a colour, for light and for dark, and a dash, so that colour alone tells nothing.
STYLES = {
    NGINX: ("#8a5a00", "#e0b050", "2 4"),
    HELLO: ("#5f6b76", "#a9b4be", "7 4"),
    STORED: ("#0b57d0", "#7fb0ff", "none"),
    RENDERED: ("#a3245f", "#ff9ac4", "12 3 2 3"),
    WAGTAIL: ("#00695c", "#5fd0bf", "1 3"),
}
NAMES = list(STYLES)
STYLE = """
svg{color:#1b2733;font:13px system-ui,sans-serif}
text{fill:currentColor} .heading{font-weight:600;font-size:15px} .end{text-anchor:end} .middle{text-anchor:middle}
.grid{stroke:currentColor;stroke-opacity:.18} .lead{stroke:currentColor;stroke-opacity:.6;stroke-dasharray:1 4}
.line{fill:none;stroke-width:2.5;stroke-linecap:round}
"""


class Axis:
    """A logarithmic scale from the least to the greatest of some values, onto `start` to `end`."""

    def __init__(self, values, start, end):
        self.low, self.high = min(values) / 1.15, max(values) * 1.15
        self.start, self.end = start, end

    def at(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def ticks(self):
        """Round numbers within: all ones, twos and fives, or the powers of ten where those are enough."""
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        several = [factor * 10**power for power in powers for factor in (1, 2, 5)]
        several = [value for value in several if self.low <= value <= self.high]
        tens = [value for value in several if math.log10(value).is_integer()]
        return tens if len(tens) > 3 else several


def drawn(found):
    """Return the SVG of a run's throughput and latency."""
    capacity = {name: found["throughput"]["by connections"].get(name, []) for name in NAMES}
    latency = {
        name: [(one["rate"], one["p99"]) for one in found["latency"]["by rate"][name] if one["requests"] >= FEWEST]
        for name in NAMES
        if name in found["latency"]["by rate"]
    }
    rates = found["throughput"]["rates"]
    said = "; ".join(f"{name} {rates[name]:,.0f} requests per second" for name in NAMES if name in rates)
    panels = panel(0, "Throughput: requests per second by connections", "connections", "requests/s", capacity) + panel(
        HEIGHT, "Latency: 99 of 100 requests take less, by requests per second", "requests/s", "milliseconds", latency
    )
    frame = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {2 * HEIGHT}"'
    return f"""<svg {frame} role="img" aria-labelledby="name said">
<title id="name">Throughput and latency of the same page from five servers</title>
<desc id="said">Both axes of both charts are logarithmic. Medians: {escape(said)}.</desc>
<style>{style()}</style>
{panels}</svg>
"""


def style():
    light, dark = (
        "".join(f".s{place}{{stroke:{STYLES[name][scheme]}}}" for place, name in enumerate(NAMES)) for scheme in (0, 1)
    )
    return f"{STYLE}{light}@media(prefers-color-scheme:dark){{svg{{color:#e6edf3}}{dark}}}"


def panel(down, heading, across, up, series):
    """Return one chart, `down` pixels from the top: {name: [(x, y)]} as lines with their names at their ends."""
    points = [point for line in series.values() for point in line]
    x = Axis([one for one, _other in points], LEFT, WIDTH - RIGHT)
    y = Axis([other for _one, other in points], down + HEIGHT - BOTTOM, down + TOP)
    bottom = down + HEIGHT - BOTTOM
    parts = [f'<text class="heading" x="{LEFT}" y="{down + 24}">{escape(heading)}</text>']
    parts.append(f'<text x="{LEFT}" y="{down + 44}" opacity=".8">{up}</text>')
    parts.append(f'<text class="end" x="{WIDTH - RIGHT}" y="{bottom + 40}" opacity=".8">{across}</text>')
    for value in y.ticks:
        parts.append(f'<path class="grid" d="M{LEFT} {y.at(value)}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text class="end" x="{LEFT - 8}" y="{y.at(value) + 4}">{value:,g}</text>')
    own = {one for one, _other in points}
    for value in own if len(own) < 6 else x.ticks:
        parts.append(f'<path class="grid" d="M{x.at(value)} {down + TOP}V{bottom}"/>')
        parts.append(f'<text class="middle" x="{x.at(value)}" y="{bottom + 20}">{value:,g}</text>')
    ends = spread({name: y.at(line[-1][1]) for name, line in series.items() if line}, bottom)
    for name, line in series.items():
        if not line:
            continue
        place, dash = NAMES.index(name), STYLES[name][2]
        path = "L".join(f"{x.at(one)} {y.at(other)}" for one, other in line)
        parts.append(f'<path class="line s{place}" stroke-dasharray="{dash}" d="M{path}"/>')
        last, end = x.at(line[-1][0]), WIDTH - RIGHT + 6
        parts.append(f'<path class="lead" d="M{last + 2} {y.at(line[-1][1])}L{end} {ends[name]}"/>')
        parts.append(f'<text x="{end + 4}" y="{ends[name] + 4}">{name}</text>')
    return "\n".join(parts) + "\n"


def spread(heights, lowest):
    """Return {name: height} near those given, far enough from each other to be read, none below `lowest`."""
    found, above = {}, -math.inf
    for name, height in sorted(heights.items(), key=lambda one: one[1]):
        found[name] = above = max(height, above + LINE)
    below = lowest + LINE
    for name in reversed(list(found)):
        found[name] = below = min(found[name], below - LINE)
    return found
