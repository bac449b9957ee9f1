"""What keeps a backup or a restore from being done, in a sentence for whoever asked for it."""


class KeepingError(Exception):
    """Nothing was written, or what was is of no use; the message says why and what to do."""
