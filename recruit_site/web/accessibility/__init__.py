"""The accessibility test: the criteria, the results that `make a11y` records, and their page."""
