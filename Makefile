# Everything that is done with this project, by name. `make` alone lists it.
# Each target sets up what it needs; what is set up already is not touched again.

VENV   := .venv
PY     := $(VENV)/bin/python
BUILD  := build
# Stamps: written when the packages of a list are installed, stale when the list changes.
RUN    := $(VENV)/.run-installed
DEV    := $(VENV)/.dev-installed
LAKE   := $(VENV)/.lake-installed
# What looks at the packages has packages of its own, which must not count among them.
TOOLS  := $(BUILD)/audit
AUDIT  := $(TOOLS)/.installed

# The oldest Python this project runs on. Another one is taken with `make run PYTHON=/path/to/python3.12`.
OLDEST  = 3, 11
PYTHON  = $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < ($(OLDEST)))' >/dev/null 2>&1 && echo $$name && break; done)

# Natural Earth's shapes, as this npm package holds them.
WORLD_ATLAS := world-atlas@2.0.2
# The template of a translation: made anew whenever it is needed, so git does not hold it.
MESSAGES := icc_data/locale/atlas.pot
# `make lock UPGRADE=--upgrade` moves every package to its newest version; without it only what has to move does.
UPGRADE :=
# For every system and every Python from the oldest on; no list says where its packages come from.
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(UPGRADE)
# Nothing is installed whose digest a list does not name.
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run serve lake test check lint layout types imports build lock bench benchmark benchmark-documents search-quality contact-sheet place-names calendar-names base-map heading-font pictures messages browser nginx postgres r properties fuzz soak audit sbom clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(RUN)  ## start the dashboard and open it in the browser
	@# By the interpreter: the scripts of an environment that was moved begin with the place where it was made.
	$(PY) server.py

serve: $(RUN)  ## serve with a process for each core behind one port, by nginx (ARGS="--processes 4")
	$(PY) tools/serve.py $(ARGS)

# As many processes as there are cores, within the memory of an ordinary machine: each may come to run a browser and a
# dashboard. Whoever has no tests left takes over some of another's, as those in a browser take longest.
PYTEST := -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal
test: $(DEV) browser nginx postgres r  ## run every test, those in a browser too (ARGS="tests/unit -k period" runs some)
	@# Tests start many processes: none of them has to compile the code again.
	PYTHONDONTWRITEBYTECODE= $(PY) $(PYTEST) $(ARGS)

# Those that `make test` tries with a few examples: the same ones in every run, and chosen by chance where asked for.
properties: $(DEV)  ## try every property with all its examples (ARGS="--hypothesis-profile thorough" tries many more)
	PYTHONDONTWRITEBYTECODE= $(PY) $(PYTEST) --hypothesis-profile full -m hypothesis $(ARGS)

check: lint layout types imports  ## lint, layout, types and the import contract (make -k check tells all that is wrong)

lint: $(DEV)
	$(PY) -m ruff check .

layout: $(DEV)
	$(PY) -m ruff format --check .

types: $(DEV)
	$(PY) -m mypy

imports: $(DEV)
	$(PY) -c "import importlinter.cli as cli; cli.lint_imports_command()" --no-logo

lake: $(LAKE)  ## install what is needed to share the data with other machines by a lake (docs/scale.md)

build: $(RUN)  ## make the database from data/ (the dashboard does it by itself where it is stale)
	$(PY) -m icc_data build

benchmark: $(DEV)  ## time a rerun of each page against an empty Streamlit page (ARGS="--sessions 50")
	$(PY) -m benchmarks.rerun $(ARGS)

bench: $(DEV) browser nginx  ## all that is measured beside its goals, in one table (ARGS="--only people", --full, --out FILE)
	$(PY) -m benchmarks.bench $(ARGS)

benchmark-documents: $(DEV)  ## time and memory of the PDFs of all cities in one run (ARGS="--cities 20")
	$(PY) -m benchmarks.all_cities $(ARGS)

search-quality: $(DEV)  ## how often the search puts a right practice among the first five (ARGS="--misses")
	$(PY) -m benchmarks.search_quality $(ARGS)

fuzz: $(DEV)  ## try every reader with 10 000 spoilt files and texts (ARGS="--cases 300")
	$(PY) -m benchmarks.fuzz $(ARGS)

soak: $(DEV)  ## kill the commands that write at 1 000 random moments (ARGS="--kills 30")
	$(PY) -m benchmarks.soak $(ARGS)

audit: $(DEV) $(AUDIT)  ## known faults of the packages, and their licences
	$(PY) tools/audit.py licences
	$(PY) tools/audit.py faults --tools $(TOOLS)

sbom: $(DEV) $(AUDIT)  ## list what the atlas is made of in build/sbom.json (CycloneDX)
	$(PY) tools/audit.py sbom --tools $(TOOLS) --output $(BUILD)/sbom.json

pictures: $(DEV) browser  ## take the pictures of the documentation
	$(PY) tools/pictures.py

messages: $(RUN)  ## collect the texts to translate into icc_data/locale/atlas.pot (MESSAGES=elsewhere.pot)
	@mkdir -p $(dir $(MESSAGES))
	$(PY) -m babel.messages.frontend -q extract -F pyproject.toml -k _ -k translate -k translate_plural:1,2 -k mark \
		--sort-by-file --add-location=file --project="Intercultural Cities Atlas" \
		--copyright-holder="The Intercultural Cities Atlas contributors" \
		-o $(MESSAGES) dashboard.py server.py icc_data pages

contact-sheet: $(DEV) browser  ## all pages on sheets to look over, in build/contact-sheets (ARGS="--width 390")
	$(PY) tools/contact_sheet.py $(ARGS)

place-names: $(DEV)  ## list by which names the search box knows places (after cities were added)
	$(PY) tools/place_names.py

calendar-names: $(DEV)  ## list what months and days are called in the languages of year texts (after CLDR changed)
	$(PY) tools/calendar_names.py

base-map: $(DEV)  ## draw the base map in static/ from Natural Earth (needs npm)
	@command -v npm >/dev/null || { echo "The base map needs npm, to fetch $(WORLD_ATLAS). Install Node.js." >&2; exit 1; }
	rm -rf $(BUILD)/world-atlas && mkdir -p $(BUILD)/world-atlas
	cd $(BUILD)/world-atlas && npm pack --silent $(WORLD_ATLAS) && tar -xzf world-atlas-*.tgz
	$(PY) tools/base_map.py $(BUILD)/world-atlas/package/countries-10m.json static

heading-font: $(DEV)  ## take the letters of headings in static/ and of pictures out of Streamlit's fonts
	$(PY) tools/heading_font.py static
	$(PY) tools/picture_font.py

lock: $(VENV)/pyvenv.cfg  ## resolve requirements*.in into requirements*.txt, with the digest of every file
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-lake.in --output-file requirements-lake.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(COMPILE) requirements-audit.in --output-file requirements-audit.txt
	@# The list for tests has to hold the two for running, version by version and digest by digest.
	@! grep -hv '^ *#' requirements.txt requirements-lake.txt | grep -vxFf requirements-dev.txt || { \
		echo "The lists differ in the versions above: make lock UPGRADE=--upgrade" >&2; exit 1; }

clean:  ## remove what make made: packages, database, caches
	rm -rf $(VENV) $(BUILD) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser: $(DEV)
	@$(PY) tools/find_browser.py --install >/dev/null

nginx: $(DEV)
	@$(PY) tools/find_nginx.py --install >/dev/null

postgres: $(DEV)
	@$(PY) tools/find_postgres.py --install >/dev/null

r: $(DEV)
	@$(PY) tools/find_r.py --install >/dev/null

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { \
		echo "This project needs Python 3.11 or newer, and none was found (looked for python3, python3.11 to python3.14)." >&2; \
		echo "Install one from your system's packages or python.org, or name one: make run PYTHON=/path/to/python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; }

$(RUN): requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing the packages of requirements.txt; the first time takes a minute or two."
	@$(PY) $(INSTALL) -r requirements.txt
	@touch $@

# This list holds the two before.
$(DEV): requirements-dev.txt $(VENV)/pyvenv.cfg
	@echo "Installing the packages of requirements-dev.txt; the first time takes a minute or two."
	@$(PY) $(INSTALL) -r requirements-dev.txt
	@touch $(RUN) $(LAKE) $@

$(LAKE): requirements-lake.txt $(RUN)
	@$(PY) $(INSTALL) -r requirements-lake.txt
	@touch $@

$(AUDIT): requirements-audit.txt $(VENV)/pyvenv.cfg
	@echo "Installing the packages of requirements-audit.txt apart from the others."
	@rm -rf $(TOOLS) && $(PY) -m venv $(TOOLS)
	@$(TOOLS)/bin/python $(INSTALL) -r requirements-audit.txt
	@touch $@
