"""Delivery: published pages from memory (layer.py, store.py) until what they were made of changes (version.py,
statements.py), or as files (export/).
"""
