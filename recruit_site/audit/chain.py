"""Whether the audit log is as the site wrote it: each entry carries a seal that only who has SECRET_KEY can make.

An entry is written with a seal of its own, which says that the site wrote it. Once its transaction is committed it
gets the next number and a seal over the entry before it, so that none can be changed, added or taken out between
others. That happens in a short transaction of its own: in the one that writes, everyone who publishes would wait for
everyone else. What is cut off at the end, the line that each sealed entry writes to the process's log tells.
"""

import json
import logging
from datetime import timedelta
from hmac import compare_digest

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

logger = logging.getLogger("recruit_site.audit")
SALT = "recruit_site.audit"
#: PostgreSQL's lock of whoever seals; SQLite lets one write at a time (IMMEDIATE).
LOCK = 7_283_474
SEALED = ("kind", "who", "account", "address", "request", "model", "key", "title", "detail")
#: Committed entries are sealed within a moment.
SOON = timedelta(minutes=10)


def seal_of(entry, before="", secret=None):
    """Return the seal of an entry: with its number, over the seal of the entry before it."""
    said = [before, entry.number, f"{entry.at.timestamp():.6f}", *(getattr(entry, name) for name in SEALED)]
    text = json.dumps(said, ensure_ascii=False)
    return salted_hmac(SALT, text, secret=secret, algorithm="sha256").hexdigest()


def is_right(entry, before=""):
    secrets = [settings.SECRET_KEY, *settings.OLD_SECRET_KEYS]
    return any(compare_digest(seal_of(entry, before, secret), entry.digest) for secret in secrets)


def seal(model):
    """Put the entries that were committed since the last time into the chain, and say each in the process's log."""
    if not model.objects.filter(number=None).exists():
        return
    sealed = []
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = model.objects.exclude(number=None).order_by("-number").first()
        number, before = (last.number, last.digest) if last else (0, "")
        for entry in model.objects.filter(number=None).order_by("pk"):
            if is_right(entry):
                number += 1
                entry.number = number
                entry.digest = before = seal_of(entry, before)
                known = models.QuerySet(model).filter(pk=entry.pk)
                known.update(number=number, digest=before)
                sealed.append(entry)
    for entry in sealed:
        fields = {name: getattr(entry, name) for name in ("number", *SEALED, "digest")} | {"at": entry.at.isoformat()}
        said = "audit %(number)s: %(kind)s %(who)s %(model)s %(key)s"
        logger.info(said, fields, extra={"fields": {"audit": fields}})


def findings():
    """Yield a sentence for each place where the log is not as the site wrote it. Writes nothing."""
    model = apps.get_model("recruit_site.AuditEntry")
    for entry in model.objects.filter(number=None, at__lt=timezone.now() - SOON).order_by("pk"):
        if is_right(entry):
            yield _("Audit log: the entry with the id %d was never sealed.") % entry.pk
        else:
            yield _("Audit log: the entry with the id %d was not written by the site.") % entry.pk
    number, before = 0, ""
    for entry in model.objects.exclude(number=None).order_by("number").iterator():
        if entry.number != number + 1:
            before = None if number else end_of_pruned(model, entry.number - 1)
            if before is None:
                missing = {"first": number + 1, "last": entry.number - 1}
                yield _("Audit log: entries %(first)d to %(last)d are missing.") % missing
        if before is not None and not is_right(entry, before):
            yield _("Audit log: entry %d was changed, or what stood before it.") % entry.number
        number, before = entry.number, entry.digest


def end_of_pruned(model, number):
    """Return the seal of the last entry that was removed as too old, where that has the number; else None."""
    for pruned in model.objects.filter(kind="pruned"):
        last, _space, digest = pruned.detail.partition(" ")
        if last == str(number):
            return digest
    return None


def prune(model, before, record):
    """Remove the entries older than the moment `before` and return how many. `record` writes that it was done."""
    with transaction.atomic():
        last = model.objects.filter(at__lt=before).aggregate(last=Max("number"))["last"]
        if last is None:
            return 0
        record("pruned", detail=f"{last} {model.objects.get(number=last).digest}")
        seal(model)
        return models.QuerySet(model).filter(number__lte=last).delete()[0]
