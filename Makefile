# Everything starts here. A fresh machine needs Python 3.11 or newer (with its venv module), and nothing else.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
TESTS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --build-deps-for editable \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: run setup test lint bench lock
.DEFAULT_GOAL := run

run: $(VENV)/.base ## set up everything and serve the demonstration
	@exec $(BIN)/sekata demo --port $(PORT)

setup: $(VENV)/.dev ## everything that running, testing and developing need

test: $(VENV)/.dev ## the whole suite, on the embedded database or on DATABASE_URL
	@$(BIN)/python tools/ensure_chromium.py
	$(BIN)/pytest -n 2 $(TESTS)

lint: $(VENV)/.dev ## style and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(VENV)/.dev ## measure against the floor and against the size of the data
	$(BIN)/python -m bench

lock: $(VENV)/.dev ## write the requirement locks anew from pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --output-file=requirements/base.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --extra dev --constraint requirements/base.txt \
		--output-file=requirements/dev.txt pyproject.toml

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Sekata needs Python 3.11 or newer: install it, then run make again."; exit 1; }
	@echo "Menyiapkan Python / setting up Python in $(VENV)"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing (Debian, Ubuntu: apt install python3-venv)."; exit 1; }

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Memasang pustaka / installing packages (once; a minute or two)"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Memasang pustaka / installing packages for development (once; a few minutes)"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.base
