"""Quality checks of a live site: axe-core, the Nu HTML checker, keyboard, reflow, Lighthouse.

tests/e2e runs the checks on each kind of page, `make a11y` on every page. `make screenshots` and `make lighthouse` run
the other modules. `make test` collects no tests here.
"""
