# The commands of this project. `make help` lists them; each sets up .venv first, from the lock.

PYTHON ?= python3
BIN := .venv/bin
WEEK ?= course2-week1
# For JupyterLab: make lab LAB_OPTIONS="--no-browser --port 9999"
LAB_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help grade test quick attacks lab notebooks mistakes bench lint lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; found: $$($(PYTHON) --version). Name another one: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up .venv from requirements.lock (about two minutes) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

grade: .venv/ready ## grade the sample class of WEEK (course2-week1) and show who erred, and why
	@$(BIN)/autograder sample $(WEEK)
	@$(BIN)/autograder grade $(WEEK)

# In two processes; tests/dealing.py says what stays together.
test: .venv/ready ## run the whole test suite
	@$(BIN)/python -m pytest -n 2

quick: .venv/ready ## run the tests that take seconds
	@$(BIN)/python -m pytest -n 2 -m "not slow"

attacks: .venv/ready ## try every attack on the grader, and on stock nbgrader, and write the table (an hour)
	@cd tests && PYTHONPATH=.. ../$(BIN)/python -m attacks

lab: .venv/ready ## open JupyterLab on your own copies of the lessons, in work/
	@$(BIN)/autograder lab -- $(LAB_OPTIONS)

notebooks: .venv/ready ## rebuild everything that is generated
	@$(BIN)/autograder build

mistakes: .venv/ready ## print the kill matrix of every lesson
	@$(BIN)/autograder mistakes

# In an environment of its own: otter-grader needs another wrapt than requirements.lock has.
benchmarks/.venv/ready: benchmarks/requirements.lock
	@echo "Setting up benchmarks/.venv for otter-grader (about two minutes, 2 GB) ..."
	@$(PYTHON) -m venv benchmarks/.venv
	@benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	@touch $@

bench: .venv/ready benchmarks/.venv/ready ## compare with stock nbgrader and otter-grader (25 minutes); BENCH=--help lists options
	@$(BIN)/python -m benchmarks $(BENCH)

lint: .venv/ready ## format the code, check it, its types, and which room may know of which
	@$(BIN)/ruff format . && $(BIN)/ruff check --quiet --fix --extend-exclude 'course[0-9]' . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

lock: .venv/ready ## resolve pyproject.toml into requirements.lock again
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --all-extras pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate benchmarks/requirements.in --output-file benchmarks/requirements.lock

clean: ## remove .venv and what grading wrote; submissions stay
	@rm -rf .venv benchmarks/.venv *.egg-info notebooks/autograded notebooks/feedback
