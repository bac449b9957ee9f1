"""The line of a drawn career, the data of SVG paths 1000 units wide."""

#: The share of the width in which the line turns from one lane to another.
SWING = 0.05


def draw_cable(line, places):
    """Set the solid and the dotted path of a drawing, and its ticks."""
    posts = [station for station in line.stations if not station.stretch.is_training]
    lanes = [y for _name, y in line.lanes]
    for station, end, following in zip(posts, places[1:], [*posts, None][1:], strict=True):
        if following is None and station.is_now:
            break
        y, stretch = lanes[station.lane], station.stretch
        turn = curve(end, y, lanes[following.lane]) if following else ""
        before_turn = end - SWING if following else end
        if stretch.meets_next:
            line.solid += f"M{units(station.x)} {y}H{units(before_turn)}{turn}"
            continue
        known = known_end(station, line, before_turn)
        if known > station.x:
            line.solid += f"M{units(station.x)} {y}H{units(known)}"
            line.ticks.append((percent(known), y))
        line.dotted += f"M{units(known)} {y}H{units(before_turn)}{turn}"


def known_end(station, line, before_turn):
    """Return the x where the stated length of a post ends, or the x of its start where none is stated."""
    length = station.stretch.length
    if not length:
        return station.x
    return min(before_turn, station.x + length * line.year_width) if line.year_width else before_turn


def curve(x, y, other):
    """Return the end of a path that comes to (x, other) from (x - SWING, y)."""
    if y == other:
        return f"H{units(x)}"
    near, far = units(x - SWING * 0.1), units(x - SWING * 0.9)
    return f"C{near} {y} {far} {other} {units(x)} {other}"


def units(x):
    return f"{1000 * x:.0f}"


def percent(x):
    return f"{100 * x:.2f}%"
