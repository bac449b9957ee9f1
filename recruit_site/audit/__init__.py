"""Who signed in, who changed whose rights, what was published and exported: rows that are added and never changed.

`entries` holds them and how one is written, `accounts` writes those about accounts, `chain` tells whether any was
changed behind the site's back, `request` knows who asks; `admin` is the page, `export` its spreadsheet.
"""
