"""Where links of a text may lead, and which host an address names."""

import re
from urllib.parse import urlsplit

#: What a link of a text may begin with; "" for an address of this site.
SCHEMES = {"", "http", "https", "mailto", "tel"}
#: Letters of other scripts than ours look like ours: аpple.example begins with a Cyrillic one.
FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f\u3005-\u30ff\u3400-\u9fff]")


def may_be_linked(address):
    """Whether a link may lead to an address: one of the web, of mail or of a telephone, without a user's name.

    What stands before an @ (https://www.mofa.go.jp@evil.example) passes for the host.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and "@" not in parts.netloc


def named_host(address):
    """Return the host that an address names, in letters (not xn--…), without www.; "" where it names none."""
    try:
        parts = urlsplit(address)
        host = (parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname) or ""
    except ValueError:
        return ""
    labels = [in_letters(label) for label in host.lower().removeprefix("www.").strip(".").split(".")]
    return ".".join(labels)


def in_letters(label):
    try:
        return label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, ValueError):
        return label
