# One verb each; `make help` lists them. Everything runs inside .venv, which the first verb makes from requirements.txt.
# Needs Python 3.11.5 or newer, make and git; where PYTHON is not given, the first on PATH that is good enough is taken.

SHELL = /bin/sh
.DEFAULT_GOAL = help
export GOTOOLCHAIN = local
# The theme announces its own end at every build. That is known, and why the site's configuration is kept portable.
export NO_MKDOCS_2_WARNING = 1
# Empty is as if it were not set: where a machine sets it, each of many processes would compile every module anew.
export PYTHONDONTWRITEBYTECODE =

GOOD_ENOUGH = import sys; assert sys.version_info >= (3, 11, 5), sys.version; import ensurepip, ssl, venv, zlib
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(GOOD_ENOUGH)' 2>/dev/null && echo $$python && break; done)
PROFILE = quick
BUILD = .venv/bin/python scripts/build.py
TEST = .venv/bin/python -m pytest --numprocesses 3
SELECTED = $(if $(ONLY),--only '$(ONLY)')
MEASURE = --profile $(PROFILE) $(SELECTED) $(foreach python,$(PYTHONS),--python '$(python)')
LOCKS = requirements.txt .ci/citation.txt $(patsubst %.in,%.txt,$(wildcard bench/requirements/*.in))
LOCK = .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11.5 --custom-compile-command 'make lock'
MUTMUT = cd build/mutation && ../../.venv/bin/mutmut
MUTATED = $(wildcard bench/*.py bench/*/*.py bench/workloads/generators/*.py tests/analyse/*.py) \
	tests/__init__.py tests/synthetic.py pyproject.toml
CHECKS = check-format check-lint check-types check-go-format check-go-vet check-go-lint check-lock check-modules check-catalog \
	check-citation check-workflows check-workflow-security

site: .venv/installed ## Measure what this machine lacks, then build the site. PROFILE=smoke|quick|full ONLY='web/*' PYTHONS='3.14 pypy3'
	$(BUILD) site $(MEASURE)

pages: .venv/installed ## Build the site from the results that are there; measure nothing.
	$(BUILD) pages

test: browser ## Run the tests, both languages' and a real browser's. ONLY='web/*' takes those of these benchmarks alone, ONLY=flask those of a server.
	$(TEST) -m 'not every' $(SELECTED)

test-site: browser ## Look at every page and figure in a real browser, and stop runs in every way, where `make test` takes one of each kind.
	$(TEST) -m 'browser or whole_site or every'

test-quick: .venv/installed ## Run the tests that take no server, browser, site, figure, run or measured program: for each edit. ONLY as above.
	$(TEST) -m 'not (browser or servers or script or whole_site or figures or programs or runs)' $(SELECTED)

coverage: browser ## Run the tests, and print which branches of bench/ and scripts/ they take.
	$(TEST) --cov

mutation: .venv/installed build/mutation/copied ## Change bench/analyse in some two thousand ways, in a copy, and count those that its tests notice. ONLY='bench.analyse.flags.*'
	$(MUTMUT) run $(if $(ONLY),'$(ONLY)')
	@$(if $(ONLY),,$(MUTMUT) results && ../../.venv/bin/mutmut export-cicd-stats && ../../.venv/bin/mutmut badge --output score.json \
	&& sed -n 's/.*"message": "\(.*\)".*/\1 of the mutants were noticed./p' score.json)
	@echo "To look at those that were not: cd build/mutation && ../../.venv/bin/mutmut browse"

bench: .venv/installed ## Measure to publish, into bench/results/. Takes what site takes, RESUME=1 to resume a run that was cut short, MINUTES=60 to end in time, and HEADLINES=1 to confirm what is measured.
	$(BUILD) bench $(MEASURE) $(if $(RESUME),--resume) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(HEADLINES),--headlines)

agreement: .venv/installed ## Compare what the harness measures with pyperf and `go test` alone, on the same programs. ONLY='execution/json*'
	$(BUILD) agreement $(SELECTED) $(foreach python,$(PYTHONS),--python '$(python)')

durations: .venv/installed ## Compare the throughput of web servers in closed loops of 1, 5 and 20 seconds.
	$(BUILD) durations $(foreach python,$(PYTHONS),--python '$(python)')

mistakes: .venv/installed ## Put each mistake of bench/catalog/mistakes.toml into the small service, and write down which tools catch it.
	$(BUILD) mistakes

prototyping: .venv/installed ## Time the steps of a prototype in both languages: first test, first response, edit, checks. To resume after Ctrl-C, the same again.
	$(BUILD) prototyping

simulation: .venv/installed ## Simulate what one machine cannot show, from the published results: many instances, one of them stalled, a deploy under load.
	$(BUILD) simulate

bench-pages: .venv/installed ## Measure how long pages takes with a history of 1, 10 and 100 full runs.
	$(BUILD) bench-pages

serve: .venv/installed ## Show the site on this machine, and build it again at each edit.
	$(BUILD) serve

check: .venv/installed ## Check format, lint, types, locks, catalog, citation and workflows, at the same time; name those that failed at the end. A lock is checked again once it or its *.in has changed, or with CI=1.
	@failed=$$(mktemp) && trap 'rm -f "$$failed"' EXIT \
	&& $(MAKE) --no-print-directory --jobs=$$(nproc) --output-sync --keep-going FAILED="$$failed" $(CHECKS:%=noted-%) \
	&& { ! test -s "$$failed" || { echo "Failed:$$(printf ' %s' $$(sort "$$failed"))" >&2; exit 1; }; }

format: .venv/installed ## Format Python and Go, and mend what lint can mend by itself.
	.venv/bin/ruff check --fix --exit-zero --quiet
	.venv/bin/ruff format
	$$(.venv/bin/go env GOROOT)/bin/gofmt -w go_examples

lock: .venv/installed ## Resolve each *.in again, keeping what still fits; delete a *.txt first to take newer versions.
	for lock in $(LOCKS); do $(LOCK) $${lock%.txt}.in --output-file $$lock || exit 1; done
	mkdir -p build && $(BUILD) modules > build/modules.json && mv build/modules.json go_examples/modules.json

browser: .venv/installed ## Find a Chromium for the tests, or install one.
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { test "$$(id -u)" = 0 && grep -qx ID=debian /etc/os-release && apt-get update --quiet --quiet \
		&& DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends chromium; } \
	|| .venv/bin/playwright install chromium \
	|| { echo 'No Chromium for the tests: install chromium or google-chrome so that it is on PATH.' >&2; exit 1; }

# Where nothing has changed, a run that was cut short is resumed. tests/conftest.py stays behind: it imports the whole site.
build/mutation/copied: bench/analyse tests/analyse $(MUTATED)
	rm -rf build/mutation
	mkdir -p build/mutation
	cp -p --parents $(MUTATED) build/mutation
	touch $@

clean: ## Remove everything that can be made again. Results stay.
	rm -rf .venv build site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find bench scripts tests -name __pycache__ -prune -exec rm -rf {} +

help: ## List the verbs.
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { line = sprintf("%-11s", $$1); count = split($$2, words, " "); \
		for (i = 1; i <= count; i++) { \
			if (length(line " " words[i]) > 80) { print line; line = sprintf("%11s", "") } \
			line = line " " words[i] } \
		print line }' Makefile

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

# What `check` runs: the check, and a note if it failed.
noted-%: .venv/installed
	@$(MAKE) --no-print-directory $* || echo $* >> $(FAILED)

check-format: .venv/installed
	@.venv/bin/ruff format --check || { echo 'To format: make format' >&2; exit 1; }

check-lint: .venv/installed
	.venv/bin/ruff check

check-types: .venv/installed
	.venv/bin/mypy bench scripts tests

check-go-format: .venv/installed
	@unformatted=$$($$(.venv/bin/go env GOROOT)/bin/gofmt -l go_examples) && test -z "$$unformatted" \
	|| { echo "gofmt would change: $$unformatted; to format: make format" >&2; exit 1; }

check-go-vet: .venv/installed
	.venv/bin/go -C go_examples vet ./...

check-go-lint: .venv/installed
	.venv/bin/go -C go_examples tool staticcheck ./...

check-lock: $(LOCKS:%=build/checked/%)
	@echo 'Every lock is what its *.in resolves to.'

# To resolve takes seconds for each lock, and the network. What is kept is the lock as it was when it was last checked.
build/checked/%.txt: %.txt %.in pyproject.toml $(if $(CI),ALWAYS) | .venv/installed
	@mkdir -p $(@D) && cp $< $@.new && $(LOCK) $*.in --output-file $@.new > /dev/null && diff -u $< $@.new \
	|| { echo "$< is not what $*.in resolves to: run make lock" >&2; exit 1; }
	@mv $@.new $@

check-modules: .venv/installed
	@$(BUILD) modules | diff -u go_examples/modules.json - || { echo "go_examples/modules.json is not what is linked: run make lock" >&2; exit 1; }

check-catalog: .venv/installed
	$(BUILD) check

check-citation: .venv/citation/installed
	.venv/citation/bin/cffconvert --validate

check-workflows: .venv/installed
	cd .github && ../.venv/bin/go tool actionlint -shellcheck= -pyflakes= workflows/*.yml

check-workflow-security: .venv/installed
	.venv/bin/zizmor --offline --quiet --persona pedantic .github

.PHONY: site pages test test-quick coverage mutation bench agreement durations mistakes prototyping simulation bench-pages serve check format \
	lock browser clean help $(CHECKS) UNUSABLE ALWAYS
