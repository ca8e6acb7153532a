# One verb each; `make help` lists them. Everything runs inside .venv, which the first verb makes from requirements.txt.
# Needs Python 3.11.5 or newer, make and git; where PYTHON is not given, the first that is good enough is taken.

SHELL = /bin/sh
.DEFAULT_GOAL = help

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11, 5))' 2>/dev/null && echo $$python && break; done)

# The environment: uv comes first, by pip and out of the locked file, because it installs the rest five times as fast as pip.
# An existing one is brought in line, not thrown away, so a changed lock costs seconds.
.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11.5 with venv and ensurepip found. Install one (Debian: python3-venv)" \
		"or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt
	.venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements.txt
	touch $@

help: ## List the verbs.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

.PHONY: help
