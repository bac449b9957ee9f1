"""Export of texts as spreadsheets and fixtures, and their import.

A sheet (`translation_sheet`, `piece_sheet`) defines the columns and the meaning of an imported row. `import_plan`
holds the changes of an import and writes them; `forms`, `views` and `admin` make the page. `fixtures` loads the
brochures' content from YAML. The package `spreadsheets` reads and writes the files: `tables` defines the cells,
`limits` their number and size, `csv` and `xlsx` the formats, and `xlsx_reader` reads XLSX in its own process.
"""
