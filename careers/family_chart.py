"""The family time line: how both parents use the programmes between the life stages of their child."""

from careers.bar_chart import Bar, bar_chart
from careers.models import ProgrammeUse, WorkLifeProgramme


def published_uses():
    """Return the uses of the published programmes, in the order of the programmes."""
    live = WorkLifeProgramme.objects.published()
    return ProgrammeUse.objects.filter(programme__in=live).order_by(
        "programme__order", "programme__slug", "order", "pk"
    )


def place_uses(stages, uses):
    """Return {whose: [(use, first stage, last stage), …]}, each list in the order of the time line.

    `stages` are the published life stages. A use is left out where one of its stages is not among them, or where its
    first stage does not come before its last one: the time line has no place for it.
    """
    at = {stage.pk: (position, stage) for position, stage in enumerate(stages)}
    rows = [
        (use, *at[use.from_stage_id], *at[use.to_stage_id])
        for use in uses
        if use.from_stage_id in at and use.to_stage_id in at and at[use.from_stage_id][0] < at[use.to_stage_id][0]
    ]
    rows.sort(key=lambda row: row[1])
    return {
        whose: [(use, start, end) for use, _position, start, _position, end in rows if use.whose == whose]
        for whose in ProgrammeUse.Whose
    }


def family_chart(stages, used):
    """Return the BarChart of place_uses(): the employee's uses above the axis, the spouse's below it."""
    column = {stage.pk: number for number, stage in enumerate(stages)}

    def bars(whose):
        return [
            Bar(use, column[start.pk], column[end.pk] - 1, use.effect, not use.start_known)
            for use, start, end in used[whose]
        ]

    return bar_chart(stages, bars(ProgrammeUse.Whose.EMPLOYEE), bars(ProgrammeUse.Whose.SPOUSE))
