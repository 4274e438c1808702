# Every target makes the environment that it needs in .venv; only Python 3.11 or later and make
# have to be there. ARGS="..." is handed on to the program that the target runs.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: demo test check bench trials screens fmt clean help

demo: .venv/.ready-to-run ## open the demo casebook in the app, and show what its queries answer
	@$(BIN)/cmo demo $(ARGS)

test: .venv/.ready-to-develop ## run every test; with CI=1 a skipped test is a failure
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/.ready-to-develop ## lint, types, imports, and the tests that need no engine
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/unit tests/property $(ARGS)

bench: .venv/.ready-to-develop ## measure speed against the targets
	@$(BIN)/python -m benchmarks $(ARGS)

trials: .venv/.ready-to-develop ## run the safety trials in full (takes long)
	@CMO_TRIALS=full $(BIN)/python -m pytest --timeout=0 tests/trials $(ARGS)

screens: .venv/.ready-to-develop ## photograph every page of the app into docs/images (wants a Chromium)
	@$(BIN)/python -m screens $(ARGS)

fmt: .venv/.ready-to-develop ## format, and mend what the linter can mend
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

clean: ## remove the environment, builds and caches; casebooks stay
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# A stamp is written last: an interrupted installation is taken up again.
.venv/.ready-to-run: pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or later was not found. Nothing was installed."; \
		echo "Install it, or name it: make PYTHON=/path/to/python3"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make an environment: its venv and ensurepip are missing. Nothing was installed."; \
		echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; } >&2
	@echo "Installing into .venv (once)" >&2
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) .
	@touch $@

.venv/.ready-to-develop: .venv/.ready-to-run pyproject.toml
	@echo "Installing what the tests and checks need (once)" >&2
	@$(PIP) '.[dev]'
	@touch $@
