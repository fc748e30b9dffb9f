# One short menu. Every target makes .venv by itself; only Python 3.11+ and make are needed.
PYTHON ?= python3
BIN := .venv/bin
PARALLEL := --numprocesses auto --dist worksteal
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
unexport PYTHONDONTWRITEBYTECODE # what was compiled once is not compiled by every process of a test

.PHONY: demo test quick lint types bench screenshots check fix lock
.DEFAULT_GOAL := check

demo: .venv/plays ## the real bot in the browser, no Slack account needed
	@$(BIN)/meshfit playground

test: .venv/tests ## every test; those that need a browser are skipped, with a reason, where there is none
	$(BIN)/pytest $(PARALLEL)

quick: .venv/tests ## what takes long left out: no browser, no whole spaces, no stories
	$(BIN)/pytest $(PARALLEL) --hypothesis-profile quick -m "not exhaustive and not browser and not story"

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/hadolint Dockerfile
	$(BIN)/meshfit check

types: .venv/tests
	$(BIN)/mypy

bench: .venv/tests ## ratios, each against a yardstick measured in the same run
	$(BIN)/python -m bench

screenshots: .venv/tests ## the main screens, drawn anew into docs/screens (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots docs/screens

check: lint types test ## everything CI runs

fix: .venv/tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/tests ## renew the pins; the files name no index
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --python-version 3.11 -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra playground --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
		-c requirements.lock -o requirements-playground.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgres --extra oauth --extra watch --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
		-c requirements.lock -o requirements-company.lock
	$(BIN)/uv pip compile pyproject.toml --extra playground --extra postgres --extra oauth --extra watch --group dev --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --python-version 3.11 -c requirements.lock -o requirements-dev.lock

.venv/runs: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("meshfit needs Python 3.11 to 3.13, not " + sys.version.split()[0]) if not (3, 11) <= sys.version_info[:2] <= (3, 13) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what meshfit needs (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot playground # as pip does for all else: starts a third sooner
	@touch $@

.venv/plays: .venv/runs requirements-playground.lock
	@$(PIP) install --require-hashes -r requirements-playground.lock
	@touch $@

.venv/tests: .venv/runs requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
