"""The files in the storage, and the content, revisions and working copies that name them."""

from posixpath import basename, join

from django.core.files.storage import default_storage
from django.db import models

from recruit_site.content import snapshot
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.media.folder_storage import UNFINISHED


def is_complete(name):
    """Return whether a file is complete: a file that is still being written is not part of a backup."""
    return not basename(name).startswith(UNFINISHED)


def list_stored_files(folder=""):
    """Yield the names of all files in the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (join(folder, name) for name in sorted(files))
    for name in sorted(folders):
        yield from list_stored_files(join(folder, name))


def file_fields(model):
    return [field.name for field in snapshot.fields_of(model) if isinstance(field, models.FileField)]


def describe_named_files():
    """Return {file name: description of the row} for the files that content, revisions and working copies name."""
    descriptions = {}
    for model in snapshot.content_models():
        for field in file_fields(model):
            for records in (Revision, WorkingCopy):
                rows = records.objects.filter(model=model._meta.label_lower)
                for slug, data in rows.values_list("slug", "snapshot"):
                    if name := data.get(field):
                        descriptions[name] = f"{records._meta.model_name} of {model._meta.label_lower} {slug}"
            for slug, name in model._base_manager.values_list("slug", field):
                descriptions[name] = f"{model._meta.label_lower} {slug}"
    return descriptions
