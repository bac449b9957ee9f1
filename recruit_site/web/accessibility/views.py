from recruit_site.consent.models import without_withheld_names
from recruit_site.web.accessibility.criteria import JIS, WCAG_2_1_AND_2_2
from recruit_site.web.accessibility.results import period, record, rows
from recruit_site.web.base_views import SectionView


class AccessibilityTestView(SectionView):
    """The recorded test: the facts that annex JB of JIS X 8341-3:2016 asks for, and the result of each criterion.

    Context: `recorded` (None where no test is recorded), `period`, `addresses` (of the pages tested), `jis` and
    `wcag` (a CriterionRow for each criterion).
    """

    section = "accessibility-test"
    template_name = "accessibility_test.html"

    def get_context_data(self, **kwargs):
        recorded = record()
        results = recorded["criteria"] if recorded else {}
        return super().get_context_data(
            recorded=recorded,
            period=recorded and period(recorded),
            addresses=without_withheld_names(recorded["pages"] if recorded else ()),
            jis=rows(JIS, results),
            wcag=rows(WCAG_2_1_AND_2_2, results),
            **kwargs,
        )
