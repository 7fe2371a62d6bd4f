# `make run` and `make test` are all one needs; `make help` lists the rest.

BIN := .venv/bin
PHATNGON := $(BIN)/python -m elearning.factory
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
WORKERS ?= 2
DATABASE_TESTS := tests/store tests/services tests/jobs tests/web
# What compares bytes of pages and knows nothing of databases is tried once, on SQLite.
ANY_DATABASE := tests/web/test_no_leak.py tests/web/test_toy_type.py tests/web/test_proofreading.py tests/web/test_language.py
export PYTHON

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint texts pytest test-postgresql journeys walks bench soak translations messages pictures figures format lock wheel clean environment tools

help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

run: environment $(CATALOGUES) ## Start the platform on http://127.0.0.1:8000, with demonstration people the first time
	@exec $(PHATNGON) serve --prepare

test: lint texts pytest ## All checks and tests without a browser; under three minutes

lint: tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates

texts: environment $(CATALOGUES)
	$(PHATNGON) content check .

pytest: tools $(CATALOGUES)
	$(BIN)/python -m pytest -n $(WORKERS) -q -m "not journey"

test-postgresql: tools $(CATALOGUES) ## The tests that touch the database, on PHATNGON_TEST_POSTGRESQL_URL
	@test -n "$$PHATNGON_TEST_POSTGRESQL_URL" || { echo "Set PHATNGON_TEST_POSTGRESQL_URL to an empty PostgreSQL database."; exit 1; }
	PHATNGON_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n $(WORKERS) -q -m "not journey" $(wildcard $(DATABASE_TESTS)) $(addprefix --ignore=,$(ANY_DATABASE))

journeys: tools $(CATALOGUES) ## Whole journeys in Chromium; under ten minutes
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -q -m journey tests/journeys

walks: tools $(CATALOGUES) ## Take every course in both languages in Chromium, and tell what was done; by hand, not in CI
	PHATNGON_TEST_WALKS=all $(BIN)/python -m pytest -q -m journey tests/journeys/test_the_shipped_courses.py -k course_is_taken

bench: tools $(CATALOGUES) ## Measure the cost of a journey against the budgets
	$(BIN)/python -m bench

soak: tools $(CATALOGUES) ## Kill, grow, list a million, storm, carry about; an hour or more, by hand, not in CI
	$(BIN)/python -m bench.lasting

translations: environment $(CATALOGUES) ## Compile the catalogues

translations/%.mo: translations/%.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(firstword $(subst /, ,$*))

messages: tools ## Bring the catalogues up to date with code and templates
	$(BIN)/python -m tools.messages

pictures: tools $(CATALOGUES) ## Draw docs/pictures: the contact sheet and the pictures of the READMEs
	$(BIN)/python -m tools.pictures

figures: tools ## Draw the figures of the courses anew, in both languages
	$(BIN)/python -m tools.figures

format: tools ## Lay the code out and mend what can be mended by rule
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: environment ## Lock the requirements anew, with hashes and without addresses
	tools/lock

wheel: tools $(CATALOGUES) ## Build dist/phatngon-….whl
	@rm -rf dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@ls dist

clean: ## Remove what was built; the data folder stays
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f $(CATALOGUES)

environment:
	@tools/environment run

tools:
	@tools/environment dev

# The catalogues are compiled by the environment, which therefore comes first.
$(CATALOGUES): | environment
