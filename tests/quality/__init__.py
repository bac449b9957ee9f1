"""Quality of the running site as others judge it: axe-core, the Nu HTML checker, keyboard, reflow, Lighthouse.

tests/e2e asks the checks about each kind of page; `make a11y` about every page; `make screenshots` and
`make lighthouse` run the rest. Plain `make test` collects nothing here.
"""
