"""The audit log: who signed in, who changed whose rights, what was published and exported.

`models` holds the table, and `log` writes to it with `record`. `account_events` and `content_events` decide which
events of accounts and content are recorded. `middleware` knows who acts and from where. `admin` shows the log, and
`export` writes it as a spreadsheet.
"""
