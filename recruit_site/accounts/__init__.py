"""Signing in: password, second factor, the lock after wrong ones, and the end of a session."""
