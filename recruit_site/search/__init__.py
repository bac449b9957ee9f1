"""Search: a table of what readers may find (entries.py), read once, matched and ranked in Python (matching.py)."""
