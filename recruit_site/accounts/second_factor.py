"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for a lost phone."""

import secrets
from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditKind

#: The values of settings.SECOND_FACTOR: the accounts that must have a second factor.
NOBODY, APPROVERS, EVERYONE = "off", "approvers", "everyone"
#: The digits of an app's code, the digits of a recovery code, and the number of recovery codes.
CODE, RECOVERY_CODE, RECOVERY_CODES = 6, 12, 10
#: Permissions with which a user can give themselves the permission to publish.
KEYS_TO_ALL = {"auth.add_user", "auth.change_user", "auth.change_group", "auth.add_group"}


def is_demanded(user):
    if settings.SECOND_FACTOR == APPROVERS:
        return user.is_superuser or any(
            name in KEYS_TO_ALL or name.partition(".")[2].startswith("publish_") for name in user.get_all_permissions()
        )
    return settings.SECOND_FACTOR == EVERYONE


def is_set_up(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def verify_code(user, code):
    """Return the device that accepts a code; None where the code is wrong or used, or throttled after wrong codes.

    The length of the code selects the kind of device, so that a wrong code throttles only that kind.
    """
    model = TOTPDevice if len(code) == CODE else StaticDevice
    with transaction.atomic():
        devices = model.objects.select_for_update().filter(user=user, confirmed=True)
        return next((device for device in devices if device.verify_token(code)), None)


def new_key():
    return default_key()


def format_key(key):
    """Return a hexadecimal key in base32, in groups of four letters, as people type it into their app."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def qr_code(user, key):
    """Return the QR code that an authenticator app scans, as an SVG in a data: URL."""
    address = TOTPDevice(user=user, key=key).config_url
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, light="white")


def set_up(user, key, code):
    """Replace a user's app by one with this key and return its device; None, and no change, where the code is wrong."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        device = TOTPDevice.objects.create(user=user, key=key, name="app")
        if device.verify_token(code):
            record_event(AuditKind.FACTOR_ADDED, user, who=user)
            return device
        transaction.set_rollback(True)
    return None


def remove(user):
    with transaction.atomic():
        if is_set_up(user):
            record_event(AuditKind.FACTOR_REMOVED, user)
        for device in devices_for_user(user, confirmed=None):
            device.delete()


def new_recovery_codes(user):
    """Replace all recovery codes of a user and return the new ones, in groups of four digits."""
    codes = [f"{secrets.randbelow(10**RECOVERY_CODE):0{RECOVERY_CODE}}" for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        for code in codes:
            device.token_set.create(token=code)
    return ["-".join(code[start : start + 4] for start in range(0, RECOVERY_CODE, 4)) for code in codes]


def recovery_codes_left(user):
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))
