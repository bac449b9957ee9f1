"""A cache of whole public pages in the memory of each process, valid until the content changes.

cache.py is the WSGI layer in front of Django, response.py a stored response in each content coding, version.py the
content version. policy.py decides which responses are public, paths.py which paths are.
"""
