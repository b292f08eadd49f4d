# The two commands a newcomer needs: make run, make test.

PYTHON ?= python3
UV := 0.13.9
# How many tests run at once; one file always runs in one worker.
WORKERS ?= 2
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test check format bench spark ocr snapshots docs install lock clean
.DEFAULT_GOAL := run

run: $(STAMP) ## a demonstration in the browser; PORT=8001 chooses another port
	@$(BIN)/qingfu demo

test: $(STAMP) ## everything that can be tested on this machine
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: $(STAMP) ## format, style, types, walls, migrations, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=qingfu.project.settings $(BIN)/python -W ignore -m django makemigrations --check --dry-run
	$(BIN)/python scripts/catalogue.py --check
	$(BIN)/python scripts/vendor.py --check
	$(BIN)/python scripts/docs.py --check
	$(BIN)/python scripts/verifier.py --check

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## not part of the tests: prints ratios and ceilings
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-bench.lock
	@$(BIN)/python -m benchmarks $(ARGS)

spark: $(STAMP) ## the engine for many machines; it needs Java 17 besides
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-spark.lock

ocr: $(STAMP) ## reading photographs of timetables; about 340 MB
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-ocr.lock

snapshots: $(STAMP) ## write the SQL that limits become anew; read what changed before you commit it
	@$(BIN)/python -m tests.unit.rules.written_sql

docs: $(STAMP) ## write everything that is generated
	$(BIN)/python scripts/catalogue.py
	$(BIN)/python scripts/docs.py
	$(BIN)/python scripts/verifier.py

install: $(STAMP)

# Compiled once, so that the first command is as quick as the next, also where Python may not write beside its source.
# The stamp is newer than the lock as long as nothing has to be installed again.
$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "Python could not make a virtual environment. On Debian or Ubuntu run this line, then again:"; \
	  echo "  sudo apt-get install -y python3-venv"; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { rm -rf .venv; \
	  echo "Python 3.11 or later is needed. Choose it with: make PYTHON=python3.12 run"; exit 1; }
	@test "$$($(BIN)/uv --version 2>/dev/null | cut -d' ' -f2)" = "$(UV)" || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV)"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

lock:
	$(BIN)/uv pip compile --universal -q --generate-hashes --no-header --no-annotate --extra dev \
	  pyproject.toml -o requirements.lock --python-version 3.11
	$(BIN)/uv pip compile --universal -q --generate-hashes --no-header --no-annotate --extra bench \
	  pyproject.toml -o requirements-bench.lock --python-version 3.11
	$(BIN)/uv pip compile --universal -q --generate-hashes --no-header --no-annotate --extra spark \
	  pyproject.toml -o requirements-spark.lock --python-version 3.11
	$(BIN)/uv pip compile --universal -q --generate-hashes --no-header --no-annotate --extra ocr \
	  pyproject.toml -o requirements-ocr.lock --python-version 3.11

clean:
	-$(BIN)/qingfu db stop
	rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
