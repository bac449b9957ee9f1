"""The files of the storage beside what the database says of them."""

from posixpath import basename, join

from django.core.files.storage import default_storage
from django.db import models

from recruit_site.content import snapshot
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.media.folder_storage import UNFINISHED


def is_ours(name):
    """Whether a file is to be kept, and not one that is being written."""
    return not basename(name).startswith(UNFINISHED)


def stored(folder=""):
    """Yield the names of all files in the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (join(folder, name) for name in sorted(files))
    for name in sorted(folders):
        yield from stored(join(folder, name))


def file_fields(model):
    return [field.name for field in snapshot.fields_of(model) if isinstance(field, models.FileField)]


def named():
    """Return who names which file: {name: a sentence's subject}, of content, its history and its working copies."""
    found = {}
    for model in snapshot.content_models():
        for field in file_fields(model):
            for records in (Revision, WorkingCopy):
                kept = records.objects.filter(model=model._meta.label_lower)
                for slug, data in kept.values_list("slug", "snapshot"):
                    if name := data.get(field):
                        found[name] = f"{records._meta.model_name} of {model._meta.label_lower} {slug}"
            for slug, name in model._base_manager.values_list("slug", field):
                found[name] = f"{model._meta.label_lower} {slug}"
    return found
