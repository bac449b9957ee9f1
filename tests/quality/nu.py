"""The Nu HTML checker: as a server for pages, and as a command for stylesheets."""

import json
import re
import subprocess
from contextlib import contextmanager

from tests.live_site import free_port, send, started
from tests.quality.installation import FOLDER

JAR = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

#: Features that browsers support and the checker does not know: (pattern of the message, pattern of the code).
UNKNOWN_TO_IT = (
    # CSS Cascade 5 allows `@layer a, b;` before imports, and imports into layers.
    (r"CSS: @import are not allowed after any valid statement other than @charset and @import\.", r"@import|layer\("),
    # CSS Fill and Stroke 3, and SVG 2.
    (r"CSS: “paint-order”: Property “paint-order” doesn't exist\.", "paint-order: stroke;"),
    # SVG 2: the geometry of a circle is a property.
    (r"CSS: “(r|cx)”: Property “(r|cx)” doesn't exist\.", r"(r|cx): |\* -1\);"),
    # CSS Containment 3: container queries.
    (r"CSS: “container-type”: Property “container-type” doesn't exist\.", "container-type: inline-size;"),
    (r"CSS: Unrecognized at-rule “@container” ?", "@container"),
    (r"CSS: “[\w-]+”: (Unknown dimension|Parse Error)\.", r"\dcq[wi]\b"),
    # CSS View Transitions 2. A browser without it shows the next page without a transition.
    (r"CSS: Unrecognized at-rule “@view-transition” ?", "@view-transition"),
)


@contextmanager
def checker():
    """Run the checker as a server and yield its URL."""
    port = free_port()
    address = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = ["java", "-Xmx512m", address, "-cp", JAR, "nu.validator.servlet.Main", str(port)]
    url = f"http://127.0.0.1:{port}/"
    with started(command, url, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        yield url


def lines(messages):
    """Return the errors and warnings among the checker's messages, a line for each."""
    return [
        f"{message['message']} (line {message.get('lastLine', '?')})"
        for message in messages
        if (message["type"] != "info" or message.get("subType") == "warning") and not is_unknown(message)
    ]


def is_unknown(message):
    extract = message.get("extract", "")
    return any(re.fullmatch(known, message["message"]) and re.search(code, extract) for known, code in UNKNOWN_TO_IT)


def page_faults(url, html):
    """Return the errors that the checker at `url` finds in a page's HTML, a line for each."""
    answer = send(f"{url}?out=json", html.encode(), "text/html; charset=utf-8")
    return lines(json.loads(answer.body)["messages"])


def stylesheet_faults(files):
    """Return the errors that the checker finds in stylesheets, a line for each."""
    command = ["java", "-jar", JAR, "--css", "--format", "json", "--exit-zero-always", *files]
    process = subprocess.run(command, check=True, capture_output=True)
    return lines(json.loads(process.stderr)["messages"])
