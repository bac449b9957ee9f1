"""The mark of requests whose responses become files of the static export."""


def is_exported(request):
    """Return whether the response becomes a file of the static export, where no server answers a page's forms."""
    return getattr(request, "exported", False)
