# The chores of the case library. `make help` lists them.

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
TESTS  := $(RUN) -m pytest -q -n 2 --dist worksteal

.DEFAULT_GOAL := help

help:            ## this list
	@grep -E '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 18

serve: $(VENV)/ready   ## environment, dependencies, index, and the site at http://127.0.0.1:8000
	@$(RUN) -m indexer sync
	@$(RUN) app.py

test: $(VENV)/ready-dev   ## install what tests need, and run them
	$(TESTS) $(PYTEST)

sure: $(VENV)/ready-dev   ## what must pass before a change goes in: format, lint, types, tests with coverage
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(TESTS) --cov --cov-report=term:skip-covered --cov-fail-under=85 $(PYTEST)

format: $(VENV)/ready-dev   ## put the code into its usual form
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

rebuild: $(VENV)/ready   ## make a new index aside and swap it in
	$(RUN) -m indexer rebuild

check: $(VENV)/ready   ## say what is wrong with corpus and index, change nothing
	$(RUN) -m indexer check

accuracy: $(VENV)/ready-dev   ## how much of the labelled reports is understood: steps, fields, target, categories, tools
	$(RUN) -m benchmarks.accuracy
	$(RUN) -m benchmarks.accuracy --late
	$(RUN) -m benchmarks.heldout.judge
	$(RUN) -m benchmarks.heldout.judge benchmarks/heldout/later

bench: $(VENV)/ready-bench   ## how fast reading and searching are, beside other engines (QUICK=1, or SIZES="1000 10000")
	$(RUN) -m benchmarks.reading
	$(RUN) -m benchmarks.speed $(if $(QUICK),--quick) $(SIZES)

quality: $(VENV)/ready-bench   ## how good the first ten results are, beside other engines (QUICK=1; QUALITY_DATA=folder with more texts)
	$(RUN) -W ignore -m benchmarks.quality $(if $(QUICK),--quick) $(QUALITY_DATA)

audit: $(VENV)/ready-audit   ## Lighthouse and vnu over every kind of page of a fresh site (needs node and java)
	$(RUN) -m benchmarks.audit

clean:           ## delete the environment and all that can be made again
	rm -rf $(VENV) instance .pytest_cache .mypy_cache .ruff_cache .coverage

$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make serve PYTHON=python3.12"; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/ready-bench: $(VENV)/ready-dev requirements-bench.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

$(VENV)/ready-audit: $(VENV)/ready Makefile
	@! command -v npm >/dev/null || npm install --silent --no-audit --no-fund --prefix $(VENV)/audit lighthouse@12.8.2 vnu-jar@24.10.17
	@! command -v npm >/dev/null || touch $@

.PHONY: accuracy audit help serve test sure format rebuild check clean bench quality
