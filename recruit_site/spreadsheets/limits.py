"""Limits for imported spreadsheets, far above what the whole site exports."""

#: Bytes of the uploaded file.
LARGEST_FILE = 5 * 1024**2
#: Total bytes of all members of an XLSX file, as its ZIP directory states them.
LARGEST_UNPACKED = 25 * 1024**2
MOST_MEMBERS = 1_000
#: Rows besides the heading.
MOST_ROWS = 10_000
MOST_COLUMNS = 100
#: Total characters of all cells of an XLSX file.
MOST_CHARACTERS = 5_000_000
#: Characters that fit into a cell, as Excel counts them (UTF-16 code units).
LONGEST = 32_767
