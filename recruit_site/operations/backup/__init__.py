"""Keeping what staff wrote: the proof that it agrees (verify/), backups of it, and their way back."""
