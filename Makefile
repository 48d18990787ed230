# Set up, try, test and check Second Unit. `make help` lists the commands.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: help app demo test lint check nightly screenshots bench lock clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

app: ## make everything ready and open the window
	@$(PYTHON) installer/environment.py run
	@$(BIN)/secondunit-desktop

demo: ## make everything ready and swap a face in a video, killed once on the way
	@$(PYTHON) installer/environment.py run
	@$(BIN)/secondunit demo --folder demo-out

DECISIONS := tests/orchestrator/test_plan.py tests/orchestrator/test_job.py tests/remote_worker/contract
# Three at a time even on two processors: those of clouds and clusters wait more than they compute.
# Tests start a thousand processes: where bytecode is not kept, each compiles all it imports.
test nightly: export PYTHONDONTWRITEBYTECODE =

test: ## make everything ready and run the whole suite
	@$(PYTHON) installer/environment.py dev
	@echo "test: running the suite; the percentage on the right is how far it is"
	@$(BIN)/python -m pytest -n 3 --dist worksteal -m "not nightly and not alone" $(DECISIONS:%=--ignore=%)
	@echo "test: running those that measure the window, without others beside them"
	@$(BIN)/python -m pytest -q -m "alone and not nightly"
	@echo "test: running the tests of pure decisions, each line and branch of which has to be reached"
	@$(BIN)/python -m pytest -q -p no:xdist $(DECISIONS) --cov=orchestrator.plan --cov=orchestrator.job --cov=orchestrator.events --cov=remote_worker.contract --cov-branch --cov-fail-under=100

lint: ## types, style, import arrows
	@$(PYTHON) installer/environment.py dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## all that has to pass before a change lands

nightly: ## the long fault stories: hundreds of kills, seeds printed
	@$(PYTHON) installer/environment.py dev
	@$(BIN)/python -m pytest -m nightly -s

screenshots: ## write a picture of every screen to build/screenshots
	@$(PYTHON) installer/environment.py dev
	@$(BIN)/python -m tests.screenshots

bench: ## measure against named baselines
	@$(PYTHON) installer/environment.py dev
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --no-strip-extras --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock" pyproject.toml --group build -o installer/locks/run.lock
	uv pip compile --universal --no-strip-extras --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock" pyproject.toml --group dev -o installer/locks/dev.lock
	for version in 3.11 3.12; do uv pip compile --no-strip-extras --python-version $$version --python-platform x86_64-manylinux_2_28 --generate-hashes --quiet --custom-compile-command "make lock" -c installer/locks/run.lock resources/worker/worker.in -o resources/worker/worker-$$version.lock; done
	for name in models media; do uv pip compile --no-deps --universal --generate-hashes --quiet --custom-compile-command "make lock" installer/locks/$$name.in -o installer/locks/$$name.lock; done

clean: ## remove what the commands made, the environment included
	rm -rf .venv demo-out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
