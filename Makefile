# `make serve` runs the site, `make test` tests it; both set everything up themselves.

HOST ?= 127.0.0.1
PORT ?= 8000
UV_VERSION = 0.13.9

# Local settings. A public server sets its own: see .env.example.
export ALLOWED_HOSTS ?= $(if $(filter 0.0.0.0,$(HOST)),*,127.0.0.1,localhost,$(HOST))
export SITE_URL ?= http://$(HOST):$(PORT)
export DATABASE_URL ?= sqlite:///var/db.sqlite3
export LOG_FORMAT ?= text
export HOST PORT
# If it is set, each of a hundred process starts in the tests compiles Django again.
unexport PYTHONDONTWRITEBYTECODE

BIN = .venv/bin
UV = $(or $(shell command -v uv),.tools/bin/uv)
WITH_SECRET = SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret-key)}"
MANAGE = $(WITH_SECRET) $(BIN)/python manage.py
# One more process than there are cores: tests wait for browsers and servers.
WORKERS ?= $(shell expr $$(nproc) + 1)
MESSAGES = recruit_site/locale/ja/LC_MESSAGES/django
COMPILED = $(MESSAGES).mo $(MESSAGES)js.mo
PYTHON = recruit_site careers interviews faq tests
MESSAGE_SOURCES = recruit_site careers interviews faq templates

.DELETE_ON_ERROR:
.PHONY: serve dev editor test test-services a11y screenshots bench resilience lighthouse lint fmt messages check audit sbom lock clean

serve: ready ## Run the site as in production, on http://HOST:PORT
	@$(MANAGE) prepare
	@echo "The site runs on http://$(HOST):$(PORT)/ (stop it with Ctrl+C)."
	@echo "To edit it, make an editor's account with: make editor. Then sign in at http://$(HOST):$(PORT)/$${ADMIN_PATH:-admin}/"
	@$(WITH_SECRET) LOG_FORMAT=$${LOG_FORMAT:-text} exec $(BIN)/gunicorn --config python:recruit_site.gunicorn_conf recruit_site.wsgi

dev: ready ## Run it with reload and error pages for developers
	@DEBUG=true $(MANAGE) prepare
	DEBUG=true $(MANAGE) runserver $(HOST):$(PORT)

editor: ready ## Make an account for the admin
	@$(MANAGE) prepare
	@$(MANAGE) createsuperuser

test: ready $(if $(findstring --ignore=tests/e2e,$(ARGS)),,var/quality/.ready) ## Run every test, or some: make test ARGS="tests/interviews -k filter"
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) $(ARGS)

test-services: ready ## Run the tests on a PostgreSQL and a Valkey, started for them; tests/e2e brings its own database
	$(BIN)/python -m tests.services $(BIN)/python -m pytest --numprocesses=$(WORKERS) --ignore=tests/e2e $(ARGS)

a11y: ready var/quality/.ready ## Check the accessibility of every page and record the results that the site shows, or of some: make a11y ARGS="/ja/ /en/faq/"
	@$(WITH_SECRET) DJANGO_SETTINGS_MODULE=recruit_site.settings $(BIN)/python -m tests.quality.accessibility $(ARGS)

screenshots: ready var/quality/.ready ## Take pictures of every kind of page into var/screenshots, and the guide's
	@$(WITH_SECRET) DJANGO_SETTINGS_MODULE=recruit_site.settings $(BIN)/python -m tests.quality.screenshots $(ARGS)
	$(if $(ARGS),,@$(WITH_SECRET) DJANGO_SETTINGS_MODULE=recruit_site.settings $(BIN)/python -m tests.quality.guide)

lint: .venv/.ready ## Check style without changing a file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 6.1 --check
	find $(PYTHON) -name '*.py' -print0 | xargs -0 $(BIN)/django-upgrade --target-version 6.1 --check

fmt: .venv/.ready ## Format every file and fix its style
	-$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 6.1
	-find $(PYTHON) -name '*.py' -print0 | xargs -0 $(BIN)/django-upgrade --target-version 6.1

messages: .venv/.ready ## Collect the texts of the interface into the .po file for translation
	@mkdir -p var
	PYTHONPATH=. $(BIN)/pybabel extract --mapping-file=recruit_site/locale/babel.cfg --no-location --sort-output --omit-header \
		--keyword=gettext_lazy --keyword=pgettext_lazy:1c,2 --keyword=ngettext_lazy:1,2 \
		--output=var/messages.pot $(MESSAGE_SOURCES)
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --input-file=var/messages.pot \
		--output-file=$(MESSAGES).po --locale=ja

check: ready audit ## Check the migrations, the settings of a public server and the dependencies
	$(MANAGE) makemigrations --check --dry-run
	SITE_URL=https://recruit.example.go.jp $(MANAGE) check --deploy --fail-level WARNING

audit: .venv/.ready .tools/supply/.ready ## Check the locked versions for known vulnerabilities
	@$(BIN)/python -m tests.dependency_audit

sbom: .tools/supply/.ready requirements/runtime.txt ## Write the site's components into var/sbom.json (CycloneDX)
	@mkdir -p var
	$(UV) venv --quiet --allow-existing .tools/runtime
	$(UV) pip sync --python .tools/runtime/bin/python --quiet --require-hashes requirements/runtime.txt
	.tools/supply/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible \
		--output-file var/sbom.json .tools/runtime/bin/python

lighthouse: ready ## Measure every kind of page with Lighthouse (needs npm and Chromium)
	@$(WITH_SECRET) DJANGO_SETTINGS_MODULE=recruit_site.settings $(BIN)/python -m tests.quality.lighthouse $(ARGS)

bench: ready ## Measure the speed that the site promises, or parts of it: make bench ARGS="rendering --quick"
	@$(BIN)/python -m tests.bench $(ARGS)

resilience: ready ## Attack, kill and load the site and stop its database, or parts: make resilience ARGS="load --minutes 2"
	@$(WITH_SECRET) DJANGO_SETTINGS_MODULE=recruit_site.settings $(BIN)/python -m tests.resilience $(ARGS)

lock: $(UV) ## Renew the locked requirements
	$(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements/runtime.txt
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements/dev.txt
	$(UV) pip compile requirements/supply.in --universal --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements/supply.txt
	$(UV) pip compile requirements/wagtail.in --constraint requirements/runtime.txt --universal --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements/wagtail.txt

clean: ## Remove all generated files, the local database too
	rm -rf .venv .tools var $(COMPILED)

# Everything that the site needs before it can run.
.PHONY: ready
ready: .venv/.ready var/secret-key $(COMPILED) var/static-files

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: requirements/dev.txt .python-version | $(UV)
	$(UV) venv --quiet --allow-existing .venv
	$(UV) pip sync --python $(BIN)/python --quiet --require-hashes requirements/dev.txt
	@touch $@

# The tools of `make audit` and `make sbom`. Running and testing the site needs none of them.
.tools/supply/.ready: requirements/supply.txt .python-version | $(UV)
	$(UV) venv --quiet --allow-existing .tools/supply
	$(UV) pip sync --python .tools/supply/bin/python --quiet --require-hashes $<
	@touch $@

var/secret-key:
	@mkdir -p var
	@umask 077 && python3 -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

%.mo: %.po .venv/.ready
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@ --locale=ja

# The browser and the checkers of tests/e2e and tests/quality. Running the site needs none of them.
var/quality/.ready: tests/quality/installation.py .venv/.ready
	@$(BIN)/python -m tests.quality.installation
	@touch $@

var/static-files: .venv/.ready $(shell find static -type f) recruit_site/web/static_storage.py | var/secret-key $(COMPILED)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
