# `make demo` and `make test` are all a newcomer needs. Every target does the set-up it needs,
# in .venv, and only when something it depends on has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
RESET ?=
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
UV := $(firstword $(shell command -v uv) $(wildcard $(BIN)/uv))
ifdef UV
  INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
  INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif
# Node from the machine when it is new enough, else from the Python package in .venv.
NODE_OK := $(shell node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm)
NPM := $(if $(NODE_OK),npm,$(BIN)/npm)
LOCK := --universal --generate-hashes --no-header --no-annotate --quiet $(if $(UPGRADE),--upgrade)
STATIC := src/alert4you/ui/static/ui
CATALOGUES := $(wildcard src/alert4you/*/locale/*/LC_MESSAGES/*.po)
PYTEST := pytest -n auto --maxschedchunk=12
# What PostgreSQL does in its own way: wall, triggers, COPY, locks, backups, a connection per request.
ON_POSTGRESQL := $(addprefix tests/,kernel operations country manifests config imports proof/test_wall.py)
FILES = git ls-files --cached --others --exclude-standard

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PORT

ifdef CI
  export ALERT4YOU_REQUIRE_ALL := 1
endif

.PHONY: help setup demo test proof check fix audit faults bench pictures quality lock messages clean

help: ## list these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1|\2/p' Makefile | column -t -s '|'

setup: $(STAMPS)/package $(STATIC)/alert4you.css $(STAMPS)/messages ## install everything into .venv and build styles and translations

demo: setup ## serve a filled installation on http://localhost:8000 (PORT=, RESET=1, ALERT4YOU_DATABASE=)
	@alert4you demo $(if $(RESET),--reset)

test: setup ## run every test on SQLite, and again on PostgreSQL where that decides (DATABASE=postgresql: every test there)
ifeq ($(DATABASE),postgresql)
	python tools/postgresql.py $(PYTEST) $(ARGS)
else
	$(PYTEST) $(ARGS)
	python tools/postgresql.py $(PYTEST) -m "not chromium" $(ON_POSTGRESQL) $(ARGS)
endif

proof: setup ## who sees what, ten times as long as in the tests; then every mutant of the policy (for the night)
	pytest -n auto tests/proof --hypothesis-profile nightly $(ARGS)
	python tools/mutants.py

check: setup ## everything CI checks, without the tests
	ruff check .
	ruff format --check .
	ALERT4YOU_MODE=test mypy
	lint-imports --no-logo
	$(FILES) -z '*.html' | xargs -0r djade --target-version 5.2 --check
	python tools/budgets.py
	ALERT4YOU_MODE=test DJANGO_SETTINGS_MODULE=alert4you.config.settings python tools/orm.py
	python tools/translations.py check
	ALERT4YOU_MODE=test alert4you manage makemigrations --check --dry-run
	alert4you docs --check

fix: setup ## format, and repair what can be repaired
	ruff check --fix-only --exit-zero .
	ruff format .
	$(FILES) -z '*.html' | xargs -0r djade --target-version 5.2 || true

pictures: setup ## take the pictures of the README and the docs from the demo
	ALERT4YOU_PICTURES=docs/images pytest -n auto tests/journeys/test_pictures.py

quality: setup $(STAMPS)/lighthouse ## measure the pages people use most with Lighthouse, and write the numbers down
	ALERT4YOU_QUALITY=docs/reference/page-quality.md pytest tests/journeys/test_quality.py $(ARGS)

audit: setup ## ask the public lists of known holes about every part (needs the internet)
	$(if $(UV),$(UV) tool run,pipx run) pip-audit --disable-pip --require-hashes --requirement requirements/runtime.txt
	$(NPM) audit

faults: setup ## kill, cut, fill and flood an installation, and write down what it withstands (hours; FAULTS_SIZE=0.1)
	python -m faults

bench: setup ## server time and query counts of the pages people wait for
	alert4you bench

messages: setup ## bring the translation catalogues up to date with the source
	python tools/translations.py update

lock: $(STAMPS)/packages ## write the lock files anew, with uv (UPGRADE=1 also chooses newer versions)
	uv pip compile pyproject.toml $(LOCK) --output-file requirements/runtime.txt
	uv pip compile pyproject.toml $(LOCK) --group dev --constraints requirements/runtime.txt --output-file requirements/dev.txt
	uv pip compile $(LOCK) --group node --output-file requirements/node.txt
	$(NPM) $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts

clean: ## remove what the other targets made, .venv included; never a database
	rm -rf $(VENV) node_modules tools/lighthouse/node_modules $(STATIC)/alert4you.css $(STATIC)/fonts
	find src -name '*.mo' -delete

# What the targets stand on ---------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Alert4you needs Python 3.11 or newer; name it with PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/packages: requirements/dev.txt requirements/node.txt | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(if $(NODE_OK),,$(INSTALL) --require-hashes -r requirements/node.txt)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/package: pyproject.toml $(STAMPS)/packages
	$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(STAMPS)/node: package-lock.json $(STAMPS)/packages
	$(NPM) ci --ignore-scripts --loglevel=error
	@touch $@

$(STAMPS)/lighthouse: tools/lighthouse/package-lock.json $(STAMPS)/packages
	$(NPM) ci --prefix tools/lighthouse --ignore-scripts --loglevel=error
	@touch $@

$(STATIC)/alert4you.css: $(STAMPS)/node package.json $(wildcard src/alert4you/ui/styles/*)
	rm -rf $(STATIC)/fonts
	$(NPM) run --silent build -- --log-level=warning

$(STAMPS)/messages: $(CATALOGUES) $(STAMPS)/packages
	python tools/translations.py compile
	@touch $@
