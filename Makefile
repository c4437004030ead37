# make run: the demo shop on http://127.0.0.1:8080    make test: everything that CI checks
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: install run test lint bench clean

install: $(STAMP)

# uv installs in a fifth of pip's time; where it cannot be had, pip does the same.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Jiefen needs Python 3.11 or newer; this is $$($(PYTHON) -V). Try: make run PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Jiefen into .venv …"
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null; then \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'; \
	fi
	@touch $(STAMP)

run: install
	@$(BIN)/jiefen demo

test: install
	@$(BIN)/python -m pytest -n auto --dist worksteal tests

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# GOLD=FILE.tsv judges the peers on a labelled file of yours; PARTS="peers swaps" runs only those.
bench: install
	@if test -x $(BIN)/uv; then \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev,bench]'; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'; \
	fi
	@$(BIN)/python -m tests.bench $(PARTS) $(if $(GOLD),--gold $(GOLD))

clean:
	rm -rf .venv var
