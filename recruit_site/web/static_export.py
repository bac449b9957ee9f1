"""Which answers become files."""


def is_exported(request):
    """Whether the answer becomes a file of the static export: nothing answers the forms on such a page."""
    return getattr(request, "exported", False)
