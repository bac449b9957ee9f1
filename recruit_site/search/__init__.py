"""Search: a table of entries (entries.py), which a search reads once and matches and ranks in Python (ranking.py)."""
