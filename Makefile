# The commands of the project. `make run` and `make test` need Python 3.11+ and make, nothing else.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run demo check test soak clean

# One stamp a requirements file: the environment is made once, and again only when the pins change.
$(VENV)/.run-ready: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.run-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run-ready
	$(BIN)/streamlit run app.py --server.port $(PORT)

demo: $(VENV)/.run-ready
	DATABASE_URL=sqlite:///data/demo.db $(BIN)/python manage.py demo
	DATABASE_URL=sqlite:///data/demo.db $(BIN)/streamlit run app.py --server.port $(PORT)

check: $(VENV)/.dev-ready
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser and not postgres and not soak"

test: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not soak"

soak: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m benchmarks
