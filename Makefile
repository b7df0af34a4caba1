# Everything that is done to this repository, by the words in which it is spoken of. `make` alone prints the list, which is made
# from the `##` comments below. Nothing here asks a question; only `test` and `bench` may want packages of the system.

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-million bench-peers fmt clean setup setup-dev lint packages-test packages-bench packages-peers
.SUFFIXES:

PYTHON ?= python3
BIN := .venv/bin
# A parent that is killed outright takes what it started with it, so that the ports are free for the next start.
TOGETHER := $(shell command -v setpriv >/dev/null 2>&1 && echo setpriv --pdeathsig TERM)
QUICK := not slow and not browser and not process and not postgres and not vnu and not lighthouse

help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT (8000), DESK_PORT (8001) and REDAKSI_HOME (./data) can be set: make run PORT=9000"

export PORT DESK_PORT REDAKSI_HOME

run: setup ## Serve a network: readers on port 8000, the desk on 8001; a demo network if there is none yet.
	@$(BIN)/redaksi demo --if-empty
	@exec $(TOGETHER) $(BIN)/redaksi run

test: packages-test setup-dev .tools/vnu.jar .tools/lighthouse/node_modules/.ready lint ## Run everything: lint, types, contracts, units, PostgreSQL, processes, browser.
	@SEQUENCES=$${SEQUENCES:-8} $(BIN)/python scripts/with-postgres $(BIN)/pytest -q -n 2 --dist loadfile -m "not browser and not process and not vnu" \
		tests/network tests/outbox tests/stories tests/desk tests/press
	@$(BIN)/pytest -n 2 --dist loadfile

check: setup-dev lint ## The fast part, under a minute: lint, types, contracts, rules, unit tests.
	@$(BIN)/pytest -q -n 2 --dist loadfile --hypothesis-profile quick -m "$(QUICK)"

bench: packages-bench setup-dev ## Measure with 100,000 stories, beside 10,000 and what others use; writes docs/benchmarks.md.
	@$(BIN)/python -m benchmarks

bench-million: packages-bench setup-dev ## The same with a million stories; the first time more than an hour (they are kept in .bench).
	@$(BIN)/python -m benchmarks --million

bench-peers: packages-peers setup-dev ## Measure beside WordPress with the same stories (installs PHP and MariaDB).
	@$(BIN)/python -m benchmarks peers

fmt: setup-dev ## Format the code and mend what can be mended by itself.
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

clean: ## Remove what was built and fetched; your data stays.
	rm -rf .venv .tools .bench dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find src tests benchmarks scripts -name __pycache__ -type d -exec rm -rf {} +

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@told=$$($(BIN)/lint-imports 2>&1) || { echo "$$told"; exit 1; }
	@$(BIN)/mypy

# What is installed is written down in a file that is as old as the installation: nothing is done twice.
setup: .venv/.ready-to-run
setup-dev: .venv/.ready-to-test

.venv/.ready-to-run: uv.lock pyproject.toml
	@$(PYTHON) scripts/setup.py run

.venv/.ready-to-test: uv.lock pyproject.toml
	@$(PYTHON) scripts/setup.py test

.tools/vnu.jar: scripts/fetch_vnu.py
	@$(PYTHON) scripts/fetch_vnu.py

.tools/lighthouse/node_modules/.ready: scripts/fetch_lighthouse.py scripts/lighthouse/package-lock.json
	@$(PYTHON) scripts/fetch_lighthouse.py

packages-test:
	@scripts/debian-packages test

packages-bench:
	@scripts/debian-packages bench

packages-peers: packages-bench
	@scripts/debian-packages peers
