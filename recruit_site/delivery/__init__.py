"""Delivery: published pages from memory (layer.py, store.py) for as long as no content changes (version.py), or as
files (export/).
"""
