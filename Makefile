# Set-up and use. Every target only names commands that the README shows; uv is used when it is there, else venv and pip.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python; do \
            $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$p && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo live report test sweep bench lint everything docs clean

demo: $(READY)
	$(BIN)/gigsupply demo

live: $(READY)-live
	$(BIN)/gigsupply live

report: $(READY)-report
	$(BIN)/gigsupply report --quick

test: $(READY)-test
	$(BIN)/python -m pytest

sweep: $(READY)
	$(BIN)/gigsupply sweep cap-and-shortage --smoke
	$(BIN)/gigsupply compare results/runs/cap-and-shortage-smoke --reference alone

bench: $(READY)-test
	$(BIN)/python -m benchmarks

lint: $(READY)-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

everything: $(READY)-dev

docs: $(READY)
	$(BIN)/gigsupply show baseline --markdown > docs/parameters.md

clean:
	rm -rf $(VENV)

# One environment; .ready-live, .ready-report, .ready-test and .ready-dev add to it what page, report, tests and checking code need.
$(READY): EXTRA :=
$(READY)-live: EXTRA := [live]
$(READY)-test: EXTRA := [test]
$(READY)-report: EXTRA := [report]
$(READY)-dev: EXTRA := [dev]
$(READY) $(READY)-live $(READY)-report $(READY)-test $(READY)-dev: pyproject.toml constraints.txt
	@if ! command -v uv >/dev/null && [ -z "$(PYTHON)" ]; then \
	  echo "gigsupply needs Python 3.12 or newer with venv; found: $$(python3 -V 2>&1 | head -1). Try: make PYTHON=/path/to/python3.12" >&2; exit 1; fi
	@echo "setting up $(VENV) (a minute or two the first time) ..."
	@if command -v uv >/dev/null; then \
	  { [ -x $(BIN)/python ] || uv venv -q $(if $(PYTHON),--python "$(PYTHON)",--python '>=3.12') $(VENV); } && \
	  uv pip install -q --python $(BIN)/python -c constraints.txt -e '.$(EXTRA)'; \
	else \
	  { $(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear $(VENV); } && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.$(EXTRA)'; \
	fi
	@touch $@
