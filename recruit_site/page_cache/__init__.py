"""Whole public pages in the memory of each process, until the content changes.

cache.py answers in front of Django, response.py holds one response in each content coding, version.py tells when the
content has changed, policy.py decides which responses are public, paths.py at which addresses.
"""
