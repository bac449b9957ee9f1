"""Other people's judges of the running site: a browser, axe-core and the Nu HTML checker.

tests/e2e asks them about each kind of page, `make a11y` about every page, `make screenshots` takes pictures.
Nothing here is needed to run the site.
"""
