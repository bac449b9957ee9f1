"""The link from the changelist of a model to the spreadsheet of its pieces."""

from functools import partial

from django.urls import path

from recruit_site.import_export.content_sheet import PieceSheet
from recruit_site.import_export.views import SheetView


class SheetMixin:
    """The mixin for the admin of a model without parts whose pieces can be exported and imported as a spreadsheet."""

    has_sheet = True

    def get_urls(self):
        view = SheetView.as_view(shape=partial(PieceSheet, self.model))
        name = f"{self.opts.app_label}_{self.opts.model_name}_sheet"
        return [path("sheet/", self.admin_site.admin_view(view), name=name), *super().get_urls()]
