# One verb each; `make help` lists them. Everything runs inside .venv, which the first verb makes from requirements.txt.
# Needs Python 3.11.5 or newer, make and git; where PYTHON is not given, the first on PATH that is good enough is taken.

SHELL = /bin/sh
.DEFAULT_GOAL = help
export GOTOOLCHAIN = local
# The theme announces its own end at every build. That is known, and why the site's configuration is kept portable.
export NO_MKDOCS_2_WARNING = 1

GOOD_ENOUGH = import sys; assert sys.version_info >= (3, 11, 5), sys.version; import ensurepip, ssl, venv, zlib
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(GOOD_ENOUGH)' 2>/dev/null && echo $$python && break; done)
PROFILE = quick
BUILD = .venv/bin/python scripts/build.py
TEST = .venv/bin/python -m pytest --numprocesses 2
MEASURE = --profile $(PROFILE) $(if $(ONLY),--only '$(ONLY)') $(foreach python,$(PYTHONS),--python '$(python)')
LOCKS = requirements.txt .ci/citation.txt $(patsubst %.in,%.txt,$(wildcard bench/requirements/*.in))
LOCK = .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11.5 --custom-compile-command 'make lock'
CHECKS = check-format check-lint check-types check-go-format check-go-vet check-go-lint check-lock check-catalog \
	check-citation check-workflows check-workflow-security

site: .venv/installed ## Measure what this machine lacks, then build the site. PROFILE=smoke|quick|full ONLY='web/*' PYTHONS='3.14 3.14,PYTHON_JIT=1'
	$(BUILD) site $(MEASURE)

pages: .venv/installed ## Build the site from the results that are there; measure nothing.
	$(BUILD) pages

test: browser ## Run the tests, both languages' and a real browser's. ONLY='web/*' takes those of these benchmarks alone.
	$(TEST) $(if $(ONLY),--only '$(ONLY)')

test-quick: .venv/installed ## Run the tests that take no server, no browser, no site and no measured program: for each edit.
	$(TEST) -m 'not (browser or servers or script or whole_site or programs)'

coverage: browser ## Run the tests, and print which branches of bench/ and scripts/ they take.
	$(TEST) --cov

bench: .venv/installed ## Measure to publish, into bench/results/. Takes what site takes, RESUME=1 to resume a run that was cut short, and MINUTES=60 to end in time.
	$(BUILD) bench $(MEASURE) $(if $(RESUME),--resume) $(if $(MINUTES),--minutes $(MINUTES))

serve: pages ## Show the site on this machine, built again at each edit of a page.
	.venv/bin/python -m mkdocs serve

check: .venv/installed ## Check format, lint, types, locks, catalog, citation and workflows. Every check runs; those that fail are named at the end.
	@failed=; for check in $(CHECKS); do $(MAKE) --no-print-directory $$check || failed="$$failed $$check"; done; \
	test -z "$$failed" || { echo "Failed:$$failed" >&2; exit 1; }

lock: .venv/installed ## Resolve each *.in again, keeping what still fits; delete a *.txt first to take newer versions.
	for lock in $(LOCKS); do $(LOCK) $${lock%.txt}.in --output-file $$lock || exit 1; done
	mkdir -p build && $(BUILD) modules > build/modules.json && mv build/modules.json go_examples/modules.json

browser: .venv/installed ## Find a Chromium for the tests, or install one.
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { test "$$(id -u)" = 0 && grep -qx ID=debian /etc/os-release && apt-get update --quiet --quiet \
		&& DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends chromium; } \
	|| .venv/bin/playwright install chromium \
	|| { echo 'No Chromium for the tests: install chromium or google-chrome so that it is on PATH.' >&2; exit 1; }

clean: ## Remove everything that can be made again. Results stay.
	rm -rf .venv build site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find bench scripts tests -name __pycache__ -prune -exec rm -rf {} +

help: ## List the verbs.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

# The environment. pip installs uv alone, out of the locked file; uv installs the rest, several times as fast as pip would.
# An existing environment is brought in line and not thrown away, so that a changed lock costs seconds. But its scripts name the
# folder that it was made in, and its Python is a link: one that was moved or copied, or does not run, is made anew.
USABLE = .venv/bin/python -c '' 2>/dev/null \
	&& { test ! -s .venv/installed || test "$$(cat .venv/installed)" = "$$(cd .venv && pwd -P)"; }
.venv/installed: requirements.txt $(if $(shell $(USABLE) && echo usable),,UNUSABLE)
	@test -n "$(PYTHON)" || { echo "No Python 3.11.5 or newer with ensurepip, ssl, venv and zlib is on PATH." \
		"Install one (on Debian: python3-venv), or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c '$(GOOD_ENOUGH)' || { echo "$(PYTHON) cannot make the environment, for the reason above." \
		"Name a Python 3.11.5 or newer with ensurepip, ssl, venv and zlib: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(USABLE) || rm -rf .venv
	$(PYTHON) -m venv .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt
	.venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements.txt
	cd .venv && pwd -P > installed

# cffconvert has an environment of its own: docs/decisions/linters.md.
.venv/citation/installed: .ci/citation.txt .venv/installed
	.venv/bin/uv venv --quiet --clear --python .venv/bin/python .venv/citation
	.venv/bin/uv pip sync --quiet --require-hashes --python .venv/citation/bin/python .ci/citation.txt
	touch $@

check-format: .venv/installed
	.venv/bin/ruff format --check

check-lint: .venv/installed
	.venv/bin/ruff check

check-types: .venv/installed
	.venv/bin/mypy bench scripts tests

check-go-format: .venv/installed
	@unformatted=$$($$(.venv/bin/go env GOROOT)/bin/gofmt -l go_examples) && test -z "$$unformatted" \
	|| { echo "gofmt would change: $$unformatted" >&2; exit 1; }

check-go-vet: .venv/installed
	.venv/bin/go -C go_examples vet ./...

check-go-lint: .venv/installed
	.venv/bin/go -C go_examples tool staticcheck ./...

check-lock: .venv/installed
	@fresh=$$(mktemp) && trap 'rm -f "$$fresh"' EXIT && for lock in $(LOCKS); do \
		cp $$lock $$fresh && $(LOCK) $${lock%.txt}.in --output-file $$fresh > /dev/null && diff -u $$lock $$fresh \
		|| { echo "$$lock is not what $${lock%.txt}.in resolves to: run make lock" >&2; exit 1; }; done
	@$(BUILD) modules | diff -u go_examples/modules.json - || { echo "go_examples/modules.json is not what is linked: run make lock" >&2; exit 1; }

check-catalog: .venv/installed
	$(BUILD) check

check-citation: .venv/citation/installed
	.venv/citation/bin/cffconvert --validate

check-workflows: .venv/installed
	cd .github && ../.venv/bin/go tool actionlint -shellcheck= -pyflakes= workflows/*.yml

check-workflow-security: .venv/installed
	.venv/bin/zizmor --offline --quiet --persona pedantic .github

.PHONY: site pages test test-quick coverage bench serve check lock browser clean help $(CHECKS) UNUSABLE
