"""Which addresses a text may link to, and which host an address names."""

import re
from urllib.parse import urlsplit

#: The schemes that a link in a text may have. "" is an address of this site.
SCHEMES = {"", "http", "https", "mailto", "tel"}
#: A letter outside of ASCII, kana and kanji. It may look like one of them: аpple.example begins with a Cyrillic letter.
FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f\u3005-\u30ff\u3400-\u9fff]")


def may_be_linked(address):
    """Return whether a text may link to an address: its scheme is one of SCHEMES and it contains no user name.

    Readers would take a user name for the host (https://www.mofa.go.jp@evil.example).
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and "@" not in parts.netloc


def named_host(address):
    """Return the host of an address in Unicode (not xn--…) and without www., or "" if the address has none.

    The host of a mailto: address is the part after the @.
    """
    try:
        parts = urlsplit(address)
        host = (parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname) or ""
    except ValueError:
        return ""
    labels = [decode_punycode(label) for label in host.lower().removeprefix("www.").strip(".").split(".")]
    return ".".join(labels)


def decode_punycode(label):
    try:
        return label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, ValueError):
        return label
