# Everything a person does with Rimay, one word each. Works with GNU make 3.81 (macOS) and later.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: help build publish serve check test test-all lint bench lock audit clean

help: ## show this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

build: .venv/site ## build the site in both languages into site/
	@$(BIN)/mkdocs build --strict

publish: .venv/site ## build, look everything over (links, weight, nothing hidden), and only then swap site/
	@RIMAY_PUBLISH=1 $(BIN)/mkdocs build --strict

serve: .venv/site ## live preview at http://127.0.0.1:8000/ while you edit data/, docs/ and overrides/
	@$(BIN)/mkdocs serve --livereload

check: .venv/site ## check the data only, in under a second
	@$(BIN)/rimay check

test: .venv/test lint ## format, types, unit tests, a real build, one page of each kind in a real browser
	@$(BIN)/python tests/install_browser.py
	@$(BIN)/pytest -n auto --dist loadfile -m "not everything"

test-all: test ## the same, then what takes longer: every page in the browser, builds from nothing
	@$(BIN)/pytest -n auto --dist worksteal -m everything

lint: .venv/dev ## format, style and types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/mypy

bench: .venv/dev ## build time against the bare engine, at 1,000 and 10,000 updates a language
	@PYTHONPATH=. $(BIN)/python tests/bench.py

lock: .venv/dev ## choose new versions of all dependencies and write the lock files
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-emit-index-url \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-emit-index-url \
		--python-version 3.11 --custom-compile-command "make lock" --group dev -c requirements.lock \
		-o requirements-dev.lock pyproject.toml

audit: .venv/dev ## ask the Python package index for known holes in the pinned versions; needs the network
	@$(BIN)/pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements.lock -r requirements-dev.lock

clean: ## remove the site, caches and the virtual environment
	rm -rf site .site.* .cache .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/site: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Rimay needs Python 3.11 or later: install it, or run make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv (once; about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/dev tests/office/package.json
	@! command -v npm >/dev/null || npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix tests/office
	@touch $@

.venv/dev: .venv/site requirements-dev.lock
	@echo "Setting up what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
