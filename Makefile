# `make` lists what there is. Everything lands in .venv/ and BPV_DATA (default var/).
PYTHON ?= python3
BIN := .venv/bin
FOR_PDF := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
FOR_TESTS := chromium chromium-l10n gettext poppler-utils
NO_SERVERS := DATABASE_URL=postgres://none/none REDIS_URL=redis://none/0# the type check reads the settings
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo reset test lint words bench system system-test

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10

setup: system .venv/made ## make the environment alone

demo: setup ## a running site with an invented school (PORT=8000, BPV_DATA=folder)
	@$(BIN)/python manage.py demo

reset: ## forget the demo's data
	@$(PYTHON) bpv/core/reset.py

test: setup system-test lint ## lint, types and the whole test suite
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile

lint: setup ## ruff and mypy
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(NO_SERVERS) $(BIN)/mypy

words: setup ## bring the catalogues of en, de and es up to date with the sources
	@sh bin/packages gettext
	@$(NO_SERVERS) $(BIN)/python manage.py words

bench: setup ## how fast it is, as ratios (SIZE=200000 for the large one)
	@$(BIN)/python -m bench $(if $(SIZE),--size $(SIZE))

.venv/made: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv >/dev/null 2>&1 || { sh bin/packages python3-venv && rm -rf .venv && $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip install -q --retries 10 --timeout 60 --require-hashes -r requirements-dev.txt
	@touch $@

system:
	@sh bin/packages $(FOR_PDF)

system-test:
	@sh bin/packages $(FOR_TESTS)
