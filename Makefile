# Every target makes what it needs: a Python of at least 3.11 and make are enough.
# `make demo` and `make test` are the two to begin with.

VENV := .venv
PY := $(VENV)/bin/python
PEERS := .venv-peers
PAIRING_PEERS := .venv-peers-pairing
BENCH ?=
JOBS ?= 2

# An interpreter of your own choice: make demo PYTHON=python3.12
PYTHON ?=
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3 python

INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip install -qq --no-compile \
	--constraint constraints.txt --build-constraint constraints.txt --editable
INPUTS := pyproject.toml constraints.txt

# Compiled modules are kept, whatever the caller's environment says: without them each process
# that a test starts compiles all its libraries anew, which takes longer than the test.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: help demo test lint types layers docs bench bench-quick bench-rules nightly format clean \
	public-api constraints changelog

help:
	@echo 'make demo        form the City2City 2026 edition and write its report to demo/'
	@echo 'make test        the whole test suite'
	@echo 'make lint        ruff, linter and formatter; make format mends'
	@echo 'make types       mypy and pyright, both strict, on src'
	@echo 'make layers      the layers of the house'
	@echo 'make docs        the documentation, strictly, to site/'
	@echo 'make bench       groups beside other ways; BENCH="--plan full" for hours of it'
	@echo 'make bench-quick the same in two minutes'
	@echo 'make bench-rules the rules beside other engines, in an environment of their own'
	@echo 'make nightly     the suite with long searches, under two hash seeds'
	@echo 'make public-api  write the list of public names anew'
	@echo 'make constraints write constraints.txt anew from the newest versions that fit'
	@echo 'make changelog   show the change log of the next release'
	@echo 'make clean       remove the environment and everything made'

demo: $(VENV)/.with-run
	$(VENV)/bin/utm edition form --out demo

test: $(VENV)/.with-test
	$(PY) -m pytest -n $(JOBS) --dist worksteal

lint: $(VENV)/.with-lint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: $(VENV)/.with-lint
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

types: $(VENV)/.with-lint
	$(PY) -m mypy
	$(PY) -m pyright

layers: $(VENV)/.with-lint
	$(VENV)/bin/lint-imports

docs: $(VENV)/.with-docs
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict --clean
	$(PY) tools/check_reference.py site/objects.inv

bench-rules: $(PEERS)/.with-peers
	$(PEERS)/bin/python -W ignore -m benchmarks.rules

bench: $(PAIRING_PEERS)/.with-peers
	$(PAIRING_PEERS)/bin/python -W ignore -m benchmarks.pairing run $(BENCH)

bench-quick: $(PAIRING_PEERS)/.with-peers
	$(PAIRING_PEERS)/bin/python -W ignore -m benchmarks.pairing run --quick

nightly: $(VENV)/.with-test
	PYTHONHASHSEED=1 UTM_HYPOTHESIS_PROFILE=nightly $(PY) -m pytest -n $(JOBS) --dist worksteal -m ''
	PYTHONHASHSEED=2 $(PY) -m pytest -n $(JOBS) --dist worksteal

public-api: $(VENV)/.with-run
	$(PY) tools/list_public_names.py > tests/architecture/public_api.txt

constraints: $(VENV)/.with-pip
	$(PY) tools/freeze_constraints.py constraints.txt

changelog: $(VENV)/.with-docs
	$(PY) -m towncrier build --draft --version next

clean:
	rm -rf $(VENV) $(PEERS) $(PAIRING_PEERS) demo site build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache

$(PY):
	@for python in $(PYTHONS); do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
			2> /dev/null; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			"$$python" -m venv $(VENV) || exit 1; \
			exit 0; \
		fi; \
	done; \
	echo 'No Python of at least 3.11 with venv and ensurepip was found among: $(PYTHONS).' >&2; \
	echo 'Install one (Debian: python3 and python3-venv), or name it: make PYTHON=...' >&2; \
	exit 1

# One stamp for each purpose, so that the demo need not wait for the tools of the others.
# The first pip is only used to bring the pinned one, which knows dependency groups.
$(VENV)/.with-pip: $(INPUTS) | $(PY)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip install -qq --upgrade \
		--constraint constraints.txt pip
	@touch $@

$(VENV)/.with-run: $(VENV)/.with-pip
	@echo 'Installing the library (about half a minute, once)'
	@$(INSTALL) '.[all]'
	@touch $@

$(VENV)/.with-test: $(VENV)/.with-pip
	@echo 'Installing the library and the tools of its tests (about a minute, once)'
	@$(INSTALL) '.[all,testing,search-large,fast]' --group test
	@touch $@

$(PEERS)/.with-peers: benchmarks/rules/requirements.txt $(INPUTS) | $(PY)
	@echo 'Installing the engines to compare with (about a minute, once)'
	@$(PY) -m venv $(PEERS)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(PEERS)/bin/python -m pip install -qq --no-compile \
		--requirement benchmarks/rules/requirements.txt --editable .
	@touch $@

$(PAIRING_PEERS)/.with-peers: benchmarks/pairing/requirements.txt $(INPUTS) | $(PY)
	@echo 'Installing the solvers to compare with (about a minute, once)'
	@$(PY) -m venv $(PAIRING_PEERS)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(PAIRING_PEERS)/bin/python -m pip install -qq \
		--no-compile --constraint constraints.txt \
		--requirement benchmarks/pairing/requirements.txt --editable '.[fast]'
	@touch $@

$(VENV)/.with-lint: $(VENV)/.with-pip
	@echo 'Installing the library and the checkers (about a minute, once)'
	@$(INSTALL) '.[all,testing,search-large,fast]' --group lint
	@touch $@

$(VENV)/.with-docs: $(VENV)/.with-pip
	@echo 'Installing the library and the tools of its documentation (once)'
	@$(INSTALL) '.[all,testing]' --group docs
	@touch $@
