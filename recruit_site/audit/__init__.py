"""The audit log: who signed in, who changed whose rights, what was published and exported.

`entries` holds the table and `record`, which writes to it; `accounts` and `content` say what is recorded about accounts
and content; `request` knows who acts and from where. `admin` is the page, `export` its spreadsheet.
"""
