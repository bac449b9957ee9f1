"""The forms that export a spreadsheet and import one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recruit_site.spreadsheets.files import rows_of
from recruit_site.spreadsheets.tables import FileRefused

FORMATS = [("xlsx", _("Excel (.xlsx)")), ("csv", _("CSV (UTF-8)"))]


class ExportForm(forms.Form):
    wanted = forms.ChoiceField(label=_("Texts"))
    kind = forms.ChoiceField(label=_("Content"), required=False)
    form = forms.ChoiceField(label=_("File"), choices=FORMATS)

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = sheet.wanted
        self.fields["kind"].choices = [("", _("All kinds")), *sheet.kinds]
        if not sheet.kinds:
            del self.fields["kind"]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("The exported file with your texts, as .xlsx or .csv, up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_file(self):
        """Return the rows of the file, and set `warning` on the form. Raises ValidationError."""
        try:
            rows, self.warning = rows_of(self.cleaned_data["file"], self.sheet.columns)
        except FileRefused as error:
            raise forms.ValidationError(str(error)) from error
        if not rows:
            raise forms.ValidationError(_("The file has no rows."))
        return rows
