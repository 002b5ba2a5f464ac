# One command builds the book, one runs the tests; both set themselves up.
#   make book   the web book and the PDF          make test   every test, browser ones too
#   make html   make pdf   make check             the parts of a build
#   make test-fast   make lint                    the tests of a minute; style and types
#   make pdf CHAPTER=trade/partners               one chapter; PAPER=us-letter for either
#   make book EDITION=student                     or instructor: without solutions, or with notes
#   make watch  the web book beside what you write: built at every save; OPEN=1 opens a browser
#   make lab    the chapters as notebooks in JupyterLab
#   make lock   pins again from pyproject.toml    make clean  forget what was built

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LAB := $(VENV)/lab
PERU := $(BIN)/python -m peru_asia
FOR := $(if $(EDITION),--edition $(EDITION))

.PHONY: book html pdf watch check test test-fast lint lab lock clean

book: $(VENV)/book.stamp
	@$(PERU) book $(FOR)

html: $(VENV)/book.stamp
	@$(PERU) html $(CHAPTER) $(FOR)

pdf: $(VENV)/book.stamp
	@$(PERU) pdf $(CHAPTER) $(if $(PAPER),--paper $(PAPER)) $(FOR)

watch: $(VENV)/watch.stamp
	@$(PERU) watch $(if $(PORT),--port $(PORT)) $(if $(OPEN),--open)

check: $(VENV)/book.stamp
	@$(PERU) check

test: $(VENV)/test.stamp
	@$(BIN)/python -m tests.browser
	@$(PERU) test

test-fast: $(VENV)/test.stamp
	@$(PERU) test --fast

lint: $(VENV)/test.stamp
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/ty check

# Chapters open as notebooks. A root of "." would count as hidden, and list nothing.
lab: $(VENV)/lab.stamp
	@$(LAB)/bin/jupyter lab --ServerApp.root_dir="$(CURDIR)" --ServerApp.preferred_dir="$(CURDIR)/chapters"

# What is installed, to the version. What JupyterLab needs goes, with the hashes of all files, into
# the zip of notebooks too.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"
lock: $(VENV)/test.stamp
	@$(COMPILE) --extra book --output-file requirements.txt
	@$(COMPILE) --constraint requirements.txt --extra book --extra dev --extra watch --output-file requirements-test.txt
	@$(COMPILE) --constraint requirements.txt --extra book --extra watch --output-file requirements-watch.txt
	@$(COMPILE) --constraint requirements.txt --extra lab --no-annotate --generate-hashes --output-file requirements-lab.txt

clean:
	rm -rf _build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "This book needs Python 3.11 or later; $(PYTHON) is older or missing. Try: make PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is incomplete here. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

# --no-build-isolation: the build back end is pinned in requirements.txt with all the rest.
$(VENV)/book.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the book needs (a minute or two, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/book.stamp
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-test.txt
	@touch $@

$(VENV)/watch.stamp: requirements-watch.txt $(VENV)/book.stamp
	@echo "Installing what watching needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-watch.txt
	@touch $@

# A double click opens a chapter as a notebook, not as text.
VIEWERS := {"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}}}

# Apart from what chapters run in: with JupyterLab's packages beside it, Altair takes much longer to
# import. Its kernel is the book's Python.
$(VENV)/lab.stamp: requirements-lab.txt $(VENV)/book.stamp
	@echo "Installing JupyterLab"
	@$(BIN)/python -m venv $(LAB)
	@$(LAB)/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements-lab.txt
	@$(BIN)/python -m ipykernel install --prefix $(LAB) --name python3 > /dev/null 2>&1
	@mkdir -p $(LAB)/share/jupyter/lab/settings
	@echo '$(VIEWERS)' > $(LAB)/share/jupyter/lab/settings/overrides.json
	@touch $@
