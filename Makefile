# Broadsheet. Every target works on a fresh clone; `make` alone lists them.
CARGO ?= cargo
PYTHON ?= python3
BIN := target/release/broadsheet
VENV := target/venv
STAMP := $(VENV)/.installed
# The package is tested in an environment of its own.
PYVENV := target/venv-python
PYSTAMP := $(PYVENV)/.installed
PYTEST := $(PYVENV)/bin/python -m pytest -q -W ignore -p no:cacheprovider
WHEELS := target/wheels
EVAL ?= ../shared/eval
NEXTEST := $(shell $(CARGO) nextest --version >/dev/null 2>&1 && echo yes)
# One profile for everything: a second compile of polars costs more than it gives.
RELEASE := --release --workspace

.DEFAULT_GOAL := help
.PHONY: help build export test prepare test-rust readers python check eval bench bench-clusters notebook clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## the command, as target/release/broadsheet
	$(CARGO) build $(RELEASE)

export: build ## data/articles to tables in out/
	$(BIN) export data/articles --out out

test: prepare test-rust readers python notebook ## all tests: unit, whole program, golden articles, bad input, formats, notebooks

# The environments are fetched while the compiler works.
prepare:
	+$(MAKE) --no-print-directory -j3 build $(STAMP) $(PYSTAMP)

test-rust: build
ifeq ($(NEXTEST),yes)
	$(CARGO) nextest run $(RELEASE) --no-fail-fast
else
	$(CARGO) test $(RELEASE) --no-fail-fast
endif

readers: build $(STAMP) ## open every format with readers that others wrote
	$(VENV)/bin/python tests/readers.py --bin $(BIN)

python: build $(PYSTAMP) ## the Python package: its wheel in target/wheels, its tests, Spark, Ray and Dask, the documents' snippets
	rm -rf $(WHEELS)
	cd crates/python && ../../$(PYVENV)/bin/maturin build --release --quiet --out ../../$(WHEELS)
	$(PYVENV)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/*.whl
	cd crates/python && BROADSHEET_WHEEL=$$(ls $(CURDIR)/$(WHEELS)/*.whl) ../../$(PYTEST) -rs --ignore tests/test_docs.py tests
	cd crates/python && ../../$(PYTEST) -rs tests/test_docs.py
	$(PYTEST) --doctest-modules --pyargs broadsheet

check: ## format, clippy with warnings as errors, lexicon audit, links in the documents
	$(CARGO) fmt --all --check
	$(CARGO) clippy $(RELEASE) --all-targets -- -D warnings
	$(CARGO) build $(RELEASE)
	$(BIN) audit
	$(PYTHON) data/lexicons/check_frames.py
	$(PYTHON) tests/check_docs.py

eval: build $(STAMP) ## score the tables against the gold data beside the repo, and hold the floors
	$(VENV)/bin/python tests/quality/eval.py --bin $(BIN) --eval $(EVAL)

bench: build $(STAMP) ## articles, tokens and pages a second, 1 and 2 jobs, peak memory; the language crate against spaCy
	$(CARGO) build $(RELEASE) --example speed --example read
	$(VENV)/bin/python tests/quality/bench.py --bin $(BIN) --speed target/release/examples/speed \
		--read target/release/examples/read --eval $(EVAL)

bench-clusters: build $(PYSTAMP) ## articles a second: the command, the package, Spark, Ray and Dask (after `make python`)
	$(PYVENV)/bin/python tests/quality/clusters.py --bin $(BIN)

notebook: export $(STAMP) ## run the notebooks from nothing
	$(VENV)/bin/python notebooks/run.py

$(STAMP): notebooks/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt
	touch $@

$(PYSTAMP): crates/python/requirements-test.txt
	$(PYTHON) -m venv $(PYVENV)
	$(PYVENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

clean: ## remove what was built and written
	$(CARGO) clean
	rm -rf out
