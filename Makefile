# Broadsheet. Every target works on a fresh clone; `make` alone lists them.
CARGO ?= cargo
PYTHON ?= python3
BIN := target/release/broadsheet
VENV := target/venv
STAMP := $(VENV)/.installed
EVAL ?= ../shared/eval
NEXTEST := $(shell $(CARGO) nextest --version >/dev/null 2>&1 && echo yes)
# One profile for everything: a second compile of polars costs more than it gives.
RELEASE := --release --workspace

.DEFAULT_GOAL := help
.PHONY: help build export test test-rust readers check eval bench notebook clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## the command, as target/release/broadsheet
	$(CARGO) build $(RELEASE)

export: build ## data/articles to tables in out/
	$(BIN) export data/articles --out out

test: test-rust readers notebook ## all tests: unit, whole program, golden articles, bad input, formats, notebooks

test-rust: build
ifeq ($(NEXTEST),yes)
	$(CARGO) nextest run $(RELEASE) --no-fail-fast
else
	$(CARGO) test $(RELEASE) --no-fail-fast
endif

readers: build $(STAMP) ## open every format with readers that others wrote
	$(VENV)/bin/python tests/readers.py --bin $(BIN)

check: ## format, clippy with warnings as errors, lexicon audit, links in the documents
	$(CARGO) fmt --all --check
	$(CARGO) clippy $(RELEASE) --all-targets -- -D warnings
	$(CARGO) build $(RELEASE)
	$(BIN) audit
	$(PYTHON) data/lexicons/check_frames.py
	$(PYTHON) tests/check_docs.py

eval: build $(STAMP) ## score the tables against the gold data beside the repo, and hold the floors
	$(VENV)/bin/python tests/quality/eval.py --bin $(BIN) --eval $(EVAL)

bench: build $(STAMP) ## articles and tokens a second, 1 and 2 jobs, peak memory; the language crate against spaCy
	$(CARGO) build $(RELEASE) --example speed
	$(VENV)/bin/python tests/quality/bench.py --bin $(BIN) --speed target/release/examples/speed --eval $(EVAL)

notebook: export $(STAMP) ## run the notebooks from nothing
	$(VENV)/bin/python notebooks/run.py

$(STAMP): notebooks/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt
	touch $@

clean: ## remove what was built and written
	$(CARGO) clean
	rm -rf out
