# One command each; all of them set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8501

.PHONY: run test check fix bench bench-quick pictures clean

run: $(VENV)/.run            ## start the dashboard on the shipped data
	@echo "Transferkompass: http://localhost:$(PORT)"
	@exec $(BIN)/streamlit run server.py --server.address $(ADDRESS) --server.port $(PORT)

test: $(VENV)/.dev           ## all tests; installs Chromium when it may
	@.ci/browser
	@$(BIN)/python -m pytest -rs -n auto --dist worksteal

check: $(VENV)/.dev          ## style, types, import contracts, honest assertions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy loaders analysis views pages dashboard.py server.py
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.guards.weak_assertions

fix: $(VENV)/.dev            ## mend style where a machine can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench bench-quick: $(VENV)/.dev   ## ratios against a baseline of the same run
	@.ci/browser
	@$(BIN)/python -m tests.benchmarks $(if $(filter bench-quick,$@),--quick)

pictures: $(VENV)/.dev       ## screenshots of every page into var/pictures; ONLY="map adoption": of these
	@.ci/browser
	@$(BIN)/python -m tests.journeys.pictures $(if $(ONLY),--only $(ONLY))

$(VENV)/.run: requirements.txt
	@.ci/needs $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned requirements (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:                       ## remove the environment and what tests left; never the store
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
