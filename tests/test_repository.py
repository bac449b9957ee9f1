"""Tests that the repository follows its own rules."""

import ast
import re
import subprocess
import tomllib

import pytest
import yaml
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from modeltranslation.translator import translator

from recruit_site.content.models import Term
from tests.live_site import PACKAGES, ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
PYTHON = [path for app in PACKAGES for path in sorted((ROOT / app).rglob("*.py")) if path.parent.name != "migrations"]


def text(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_interface_text_is_translated_and_none_is_fuzzy():
    with (ROOT / "recruit_site/locale/ja/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    faults = [
        message.id
        for message in catalogue
        if message.id
        and (message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string))
    ]
    assert faults == []
    assert len(catalogue) > 100


def test_every_interface_text_is_in_the_catalogue(tmp_path):
    makefile = text(ROOT / "Makefile")
    keywords = re.findall(r"--keyword=\S+", makefile)
    sources = re.search(r"^MESSAGE_SOURCES = (.*)$", makefile, re.MULTILINE)[1].split()
    subprocess.run(  # noqa: S603
        [
            ROOT / ".venv/bin/pybabel",
            "-q",
            "extract",
            "--mapping-file=recruit_site/locale/babel.cfg",
            *keywords,
            f"--output={tmp_path / 'now.pot'}",
            *sources,
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        check=True,
    )

    def ids(path):
        with path.open("rb") as file:
            return {(message.context, str(message.id)) for message in read_po(file) if message.id}

    assert ids(ROOT / "recruit_site/locale/ja/LC_MESSAGES/django.po") == ids(tmp_path / "now.pot")


def test_every_template_is_used():
    sources = "\n".join(map(text, TEMPLATES + PYTHON))
    of_pieces = [model for model in apps.get_models() if getattr(model, "has_own_page", False)]
    named_by_django = {f"{model._meta.app_label}/{model._meta.model_name}_detail.html" for model in of_pieces}
    named_by_status = {f"errors/{status}.html" for status in (400, 403, 404, 405, 410)}
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    unused = {name for name in names if f'"{name}"' not in sources and name not in ("500.html", "base.html")}
    assert unused - named_by_django - named_by_status == set()


def test_every_component_says_what_it_takes_and_is_called_with_only():
    for path in TEMPLATES:
        if path.parent.name == "components":
            assert re.match(r"\{# (Props: \w|[A-Z])", text(path)), path.name
        for call in re.findall(r'{% include "components/[^%]*%}', text(path)):
            assert call.endswith(" only %}"), (path.name, call)


def test_every_component_is_in_the_styleguide():
    by_tags = re.findall(r'(?:inclusion_tag|render_to_string)\("(components/[^"]+)"', "\n".join(map(text, PYTHON)))
    shown, found = set(), {"styleguide.html", *by_tags}
    while found:
        shown |= found
        found = {
            name for called in found for name in re.findall(r'"(components/[^"]+)"', text(ROOT / "templates" / called))
        }
        found -= shown
    assert {f"components/{path.name}" for path in TEMPLATES if path.parent.name == "components"} - shown == set()


def test_no_template_trusts_markup_or_prints_a_translated_field_without_its_language():
    translated = {
        name
        for model in translator.get_registered_models(abstract=False)
        for name in translator.get_options_for_model(model).get_field_names()
    }
    for path in TEMPLATES:
        assert "|safe" not in text(path), path.name
        printed = re.findall(r"{{ *[\w.]+\.(\w+) *(?:\|[^}]*)?}}", text(path))
        assert translated & set(printed) - set(Term.language_specific_fields) == set(), path.name


def test_no_template_holds_inline_style_or_code():
    for path in TEMPLATES:
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text(path)), path.name


def test_every_stylesheet_is_imported_once():
    imported = re.findall(r'@import url\("([^"]+)"\)', text(ROOT / "static/css/site.css"))
    assert sorted(imported) == sorted(
        str(path.relative_to(ROOT / "static/css")) for path in STYLES if path.name != "site.css"
    )


def test_every_class_of_a_stylesheet_is_used_by_a_template():
    used = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', "\n".join(map(text, TEMPLATES))))))
    used |= set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', "\n".join(map(text, PYTHON))))))
    defined = {
        name
        for path in STYLES
        for line in text(path).splitlines()
        if line.rstrip().endswith(("{", ","))
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\([^)]*rem[^)]*\)", "", line))
    }
    assert defined - used == set()


def test_visibility_is_decided_in_one_place():
    filtered = r"(publish|visible)_(from|until)__|(?<!obj\.)\bstate=(State\.LIVE|\"live\")"
    outside = [path for path in PYTHON if ROOT / "recruit_site" / "content" not in path.parents]
    assert [path.name for path in outside + TEMPLATES if re.search(filtered, text(path))] == []


#: Names with an underscore that Python and Django document as public.
DOCUMENTED = {
    "_asdict",
    "_base_manager",
    "_default_manager",
    "_fields",
    "_make",
    "_meta",
    "_replace",
    "_save",
    "_state",
}


def private_names(tree):
    """Yield (name, whether the module defines it) of each name in a module's syntax tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, True
        elif isinstance(node, ast.Attribute):
            yield node.attr, isinstance(node.ctx, ast.Store)
        elif isinstance(node, ast.Name):
            yield node.id, isinstance(node.ctx, ast.Store)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from ((name, False) for alias in node.names for name in alias.name.split("."))


def test_no_private_name_of_a_dependency_is_used():
    modules = {path: ast.parse(text(path)) for path in PYTHON}
    named = {path: [one for one in private_names(tree) if re.match("_[a-z]", one[0])] for path, tree in modules.items()}
    own = {name for found in named.values() for name, defined in found if defined} | DOCUMENTED
    assert [(path.name, name) for path, found in named.items() for name, _defined in found if name not in own] == []


def test_nothing_reaches_below_python_and_django():
    """Allow no system calls through ctypes, no monkeypatches of libraries, no SQL matched by regular expressions."""
    below = (
        r"\bctypes\b|\bmallopt\b|setsockopt|execute_wrapper|unittest\.mock|re\.compile\(.*(SELECT|FROM|INSERT|UPDATE)"
    )
    assert [path.name for path in PYTHON if re.search(below, text(path))] == []


#: The order of the packages: each imports only itself and earlier ones. home/ and the modules of recruit_site/ itself
#: (named "" here) import any package.
LAYERS = (
    "text", "spreadsheets", "page_cache", "content", "search", "consent", "media", "web", "audit", "accounts", "api",
    "editorial_checks", "editing", "import_export", "operations", "careers", "interviews", "faq", "home", "",
)  # fmt: skip


def layer(module):
    """Return the index in LAYERS of a dotted module name, None for a module that is not the site's."""
    package, _dot, rest = module.partition(".")
    name = rest.partition(".")[0] if package == "recruit_site" else package
    if package not in PACKAGES:
        return None
    return LAYERS.index(name if name in LAYERS else "")


def imported(tree):
    """Yield the dotted names that a module's syntax tree imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ([f"{node.module}.{alias.name}" for alias in node.names])
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_imports_point_one_way():
    faults = []
    for path in PYTHON:
        own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts))
        wrong = [name for name in imported(ast.parse(text(path))) if (layer(name) or 0) > own]
        faults += [(str(path.relative_to(ROOT)), name) for name in wrong]
    assert faults == []


def test_every_package_has_a_place_among_the_layers():
    folders = {path.parent.relative_to(ROOT).parts for path in PYTHON}
    names = {parts[1] if parts[0] == "recruit_site" else parts[0] for parts in folders if parts != ("recruit_site",)}
    assert names == set(LAYERS) - {""}


def test_top_level_holds_the_known_folders_alone():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()  # noqa: S607
    known = {*PACKAGES, "templates", "static", "fixtures", "tests", "requirements", "deploy", "docs", ".ci"}
    assert {name.partition("/")[0] for name in files if "/" in name} == known


def test_no_two_classes_share_a_name_unless_one_is_the_base_of_the_other():
    found = {}
    for path in PYTHON:
        for node in ast.parse(text(path)).body:
            if isinstance(node, ast.ClassDef) and path.parent.name != "commands":
                bases = {
                    base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases
                }
                found.setdefault(node.name, []).append((str(path.relative_to(ROOT)), node.name in bases))
    assert {name: places for name, places in found.items() if len(places) - sum(own for _path, own in places) > 1} == {}


def test_every_dependency_says_what_it_is_for():
    lines = text(ROOT / "pyproject.toml").splitlines()
    named = {"project", "dependency-groups"}
    tables = "\n".join(lines).split("\n[")
    wanted_tables = [table for table in tables if table.strip("[").split("]")[0] in named]
    dependencies = [line for table in wanted_tables for line in table.splitlines() if line.startswith('    "')]
    wanted = tomllib.loads("\n".join(lines))
    assert len(dependencies) >= len(wanted["project"]["dependencies"]) + len(wanted["dependency-groups"]["dev"])
    assert [
        line for line in dependencies if not re.search(r"# \w{2,}", line) and "ruff" not in line and "RUF" not in line
    ] == []


def test_requirements_are_locked_with_hashes_and_name_no_host():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in text(path)
        pinned = re.findall(r"^([\w-]+)(?:\[.*?\])?==", text(path), re.MULTILINE)
        assert len(pinned) > 8
        assert text(path).count("--hash=sha256:") >= len(pinned)


def test_fixtures_are_plain_readable_yaml():
    for path in settings.FIXTURES_FOLDER.glob("*.yaml"):
        assert text(path).startswith("# "), f"{path.name} must begin with a comment that says what it holds"
        assert isinstance(yaml.safe_load(text(path)), dict)


def leaves(value):
    """Yield each text of a fixture, with its field."""
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from ((field, inner),) if isinstance(inner, str) else leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


#: Words by which a site speaks as the ministry. What documents and people say stands in quotation marks.
MINISTRYS_VOICE = re.compile(r"\b[Ww]e\b|\b[Oo]urs?\b|お待ちして|私たち|私ども|当省|弊省|我々")
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』")


def test_site_does_not_speak_as_the_ministry():
    written = [
        (path.name, field, said)
        for path in settings.FIXTURES_FOLDER.glob("*.yaml")
        for field, said in leaves(yaml.safe_load(text(path)))
        if field not in ("slug", "word", "search_words_ja", "search_words_en")  # readers’ own words
    ]
    with (ROOT / "recruit_site/locale/ja/LC_MESSAGES/django.po").open(encoding="utf-8") as file:
        written += [("django.po", "", f"{message.id} {message.string}") for message in read_po(file) if message.id]
    assert [found for found in written if MINISTRYS_VOICE.search(QUOTED.sub("", found[2]))] == []
