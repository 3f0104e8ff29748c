# `make` lists the targets.  Anything longer than a line lives in tools/.
BIN := .venv/bin
STEP := tools/step.sh

.DEFAULT_GOAL := help
.PHONY: help site serve check test lint format reference images lock clean ready tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: ready ## build the knowledge base into site/
	@$(BIN)/inquiry build

serve: ready ## show the knowledge base while you write, on http://127.0.0.1:8000/
	@$(BIN)/inquiry serve

check: ready ## find what is broken in notes/, lines/ and docs/
	@$(BIN)/inquiry check

test: lint ## run the linters and every test (PYTEST="tests/graph -x" picks some)
	@$(BIN)/python -m pytest -q $(PYTEST)

lint: tools ## run ruff, mypy and import-linter
	@$(STEP) "ruff check" $(BIN)/ruff check
	@$(STEP) "ruff format" $(BIN)/ruff format --check
	@$(STEP) "mypy" $(BIN)/mypy --strict
	@$(STEP) "import-linter" $(BIN)/lint-imports --no-cache

format: tools ## let ruff mend and lay out the code
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

reference: tools ## write the generated parts of docs/reference/ anew
	@$(BIN)/python tools/reference.py

images: tools ready ## take the screenshots of docs/images/ anew
	@$(BIN)/python tools/screenshots.py

lock: tools ## renew the lock files (UPGRADE=--upgrade takes newer versions)
	@tools/lock.sh $(UPGRADE)

clean: ## remove all that make has made, .venv included
	@rm -rf .venv .cache site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

ready:
	@tools/setup.sh site

tools:
	@tools/setup.sh test
