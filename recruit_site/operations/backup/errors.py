"""The error of a backup or restore."""


class BackupError(Exception):
    """A backup or restore that failed. The message says why, and what the operator can do."""
