"""The line beside the list of a career: each entry carries its own piece, so that it fits entries of any height."""

from dataclasses import dataclass
from enum import StrEnum

from careers.career_paths import ELSEWHERE, HOME

#: The x of each lane in pixels.
LANE_X = (12, 42, 72)


class TurnLine(StrEnum):
    """How the line goes on after a node: solid for a known length, with a tick where another length follows."""

    SOLID = "solid"
    STATED = "stated"
    DOTTED = "dotted"
    NONE = "none"


@dataclass
class CareerTurn:
    """The piece of the line beside one entry. The line comes from the lane `before`.

    Training without a place in the order has no line beside it: `lasts` is NONE.
    """

    stretch: object
    before: int
    lane: int
    arrives: TurnLine
    lasts: TurnLine
    is_now: bool = False
    years: int | None = None  # the length to scale, where the years decide the places

    @property
    def x(self):
        return LANE_X[self.lane]

    @property
    def from_x(self):
        return LANE_X[self.before]

    @property
    def last_x(self):
        return LANE_X[ELSEWHERE]

    @property
    def hangs(self):
        return self.stretch.is_training and not self.is_free

    @property
    def is_free(self):
        """Whether this is training without a place in the order."""
        return self.stretch.is_training and self.lasts == TurnLine.NONE

    @property
    def is_open(self):
        """Whether no document gives the length of this post."""
        return not self.stretch.is_training and self.lasts == TurnLine.DOTTED


def career_turns(path, is_by_years):
    """Return the CareerTurns of a path's list. Training without a place in the order comes last."""
    turns, free, lane, line = [], [], HOME, TurnLine.SOLID
    last_post = path.posts[-1] if path.posts else None
    for stretch in path.stretches:
        if not stretch.is_training:
            arrives = TurnLine.SOLID if line == TurnLine.SOLID else TurnLine.DOTTED
            is_now = bool(path.owner) and stretch is last_post
            line = TurnLine.NONE if is_now else line_after(stretch)
            years = stretch.length if is_by_years and stretch.meets_next else None
            turns.append(CareerTurn(stretch, lane, stretch.lane, arrives, line, is_now, years))
            lane = stretch.lane
        elif turns and path.is_placed(stretch):
            line = TurnLine.DOTTED if line == TurnLine.STATED else line
            turns.append(CareerTurn(stretch, lane, lane, line, line))
        else:
            free.append(CareerTurn(stretch, ELSEWHERE, ELSEWHERE, TurnLine.NONE, TurnLine.NONE))
    return turns + free


def line_after(stretch):
    if stretch.meets_next:
        return TurnLine.SOLID
    return TurnLine.STATED if stretch.length else TurnLine.DOTTED
