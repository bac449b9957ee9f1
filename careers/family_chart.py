"""The family time line: how both parents use the programmes between the life stages of their child."""

from typing import NamedTuple

from careers.bar_chart import Bar, bar_chart
from careers.models import LifeStage, ProgrammeUse, WorkLifeProgramme


class PlacedUse(NamedTuple):
    use: ProgrammeUse
    start: LifeStage
    end: LifeStage


def published_uses():
    """Return the uses of the published programmes, in the order of the programmes."""
    live = WorkLifeProgramme.objects.published()
    uses = ProgrammeUse.objects.filter(programme__in=live).select_related("programme")
    return uses.order_by("programme__order", "programme__slug", "order", "pk")


def place_uses(stages, uses):
    """Return the uses as PlacedUses, in the order of the moments at which they start.

    `stages` are the published life stages. A use is left out where one of its stages is not among them, or where its
    first stage does not come before its last one: the time line has no place for it.
    """
    at = {stage.pk: position for position, stage in enumerate(stages)}
    placed = [
        PlacedUse(use, stages[at[use.from_stage_id]], stages[at[use.to_stage_id]])
        for use in uses
        if use.from_stage_id in at and use.to_stage_id in at and at[use.from_stage_id] < at[use.to_stage_id]
    ]
    return sorted(placed, key=lambda row: at[row.start.pk])


def family_chart(stages, placed):
    """Return the BarChart of place_uses(): the employee's uses above the axis, the spouse's below it."""
    column = {stage.pk: number for number, stage in enumerate(stages)}

    def bar(use, start, end):
        known = "known" if use.start_known else "unknown"
        return Bar(use, column[start.pk], column[end.pk] - 1, use.effect, known, use.end)

    employee, spouse = (
        [bar(*row) for row in placed if row.use.whose == whose]
        for whose in (ProgrammeUse.Whose.EMPLOYEE, ProgrammeUse.Whose.SPOUSE)
    )
    return bar_chart(stages, employee, spouse)
