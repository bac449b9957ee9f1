"""The limits of a spreadsheet that is read; far above what the whole site exports."""

LARGEST_FILE = 5 * 1024**2
#: Bytes of all members of an XLSX file together, as its directory states them.
LARGEST_UNPACKED = 25 * 1024**2
MOST_MEMBERS = 1_000
#: Without the heading.
MOST_ROWS = 10_000
MOST_COLUMNS = 100
#: Of all cells together.
MOST_CHARACTERS = 5_000_000
#: Characters that fit into a cell, as Excel counts them (in UTF-16).
LONGEST = 32_767
