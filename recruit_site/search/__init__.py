"""Search: one table of what readers may find (entries.py), asked by plain LIKE on folded texts (query.py)."""
