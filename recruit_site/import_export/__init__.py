"""Texts go out as a spreadsheet, are worked on elsewhere, and come back.

A shape (`translations`, `pieces`) says which columns there are and what a returned row means; `tables` says what
any cell may hold, `limits` how much; `xlsx` and `separated` are the file formats, and `reader` is the process that
reads XLSX; `plans` holds what an import would change and writes it; `views` is the page.
"""
