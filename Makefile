# What every developer and user runs. `make overview` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
ENGINE := src/overzicht/names/machine.abi3.so
PYICU := $(shell grep -o '^pyicu==[0-9.]*' requirements.lock)
EXAMPLE := examples/gemeente-voorbeeldstad
SAMPLE ?= --sample
export OVERZICHT_LANG ?= en

.PHONY: help install overview test test-full check lint cards docs site bench lock clean system wheels image sbom public-code reuse wheel

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

system: ## Install the system packages that are missing (Debian), or say which
	@tools/system-packages.sh

$(STAMP): requirements.lock pyproject.toml tools/system-packages.sh
	@tools/system-packages.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -z "$(wildcard dist/pyicu-*.whl)" || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-index --no-deps --find-links dist "$(PYICU)" || echo "dist has no PyICU for this Python; it is compiled"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The compiled functions; `pip install` above builds them too, this line follows a change in their sources.
$(ENGINE): setup.py $(wildcard kernels/*) $(shell grep -rl '^@compiled' src/overzicht) | $(STAMP)
	@$(BIN)/python setup.py --quiet build_ext --inplace
	@touch $@

$(DEV_STAMP): $(STAMP) $(ENGINE) requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(STAMP) $(ENGINE) ## Install the product with all extras, from locked files with hashes

overview: $(STAMP) $(ENGINE) ## Set up, and make the overview of the shipped example
	@mkdir -p build
	@OVERZICHT_HOME=build/home $(BIN)/overzicht overview $(EXAMPLE)/apparatuur.xlsx $(EXAMPLE)/netwerkscan.xml \
	    --lang $(OVERZICHT_LANG) --out build/overview.html --out build/overview.json || test $$? -eq 1

test: $(DEV_STAMP) ## Set up, and run the tests: all but the slowest, and a sample of those with many cases
	@$(BIN)/python -m pytest -q -n auto --dist worksteal $(SAMPLE)

test-full: ## Set up, and run all tests
	@$(MAKE) test SAMPLE=

check: lint ## The quick lane before a commit: lint, types, layers, words, and the unit tests of what changed
	@$(BIN)/python -m pytest -q -n auto --dist worksteal tests/functional/test_plain_words.py \
	    $$($(BIN)/python tools/touched.py)

lint: $(DEV_STAMP) ## Format, lint, types (of the tests too) and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

cards: $(STAMP) $(ENGINE) ## Check the facts that ship with the product
	@OVERZICHT_HOME=build/home $(BIN)/overzicht cards check

docs: $(DEV_STAMP) ## Write the generated reference pages; CI fails when they differ
	@$(BIN)/python tools/make_reference.py

site: $(DEV_STAMP) ## Build the site of the documentation in build/site; a broken link stops it
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

sbom: $(DEV_STAMP) ## Write the parts of the release as CycloneDX, in build
	@$(BIN)/python tools/sbom.py build/overzicht-$$($(BIN)/python -c 'import overzicht; print(overzicht.__version__)').cdx.json

public-code: $(DEV_STAMP) ## Check publiccode.yml; it reports what a publisher must add
	@$(BIN)/python tools/public_code.py

reuse: $(DEV_STAMP) ## Check that each file has a licence
	@$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

bench: $(DEV_STAMP) ## Measure; see bench/README.md
	@$(BIN)/python bench/run.py

lock: $(DEV_STAMP) ## Pin the newest versions that fit pyproject.toml
	@$(BIN)/python tools/lock.py

# The same commit gives the same bytes of the wheel of the product: its times are those of the commit.
wheel wheels: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct)
wheel wheels: export LDFLAGS = -s
wheel: $(DEV_STAMP) ## Make the wheel of the product in build/wheels; one commit gives the same bytes each time
	@rm -rf build/wheels build/lib build/bdist.*
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w build/wheels .

wheels: wheel ## Make wheels of the product and of PyICU in dist, with the libraries that they need inside
	@mkdir -p dist
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w build/wheels "$(PYICU)"
	@PATH=$(CURDIR)/$(BIN):$$PATH $(BIN)/auditwheel repair --strip --wheel-dir dist build/wheels/*.whl

image: ## Build the image of the service with Podman, Buildah or Docker
	@if command -v podman >/dev/null; then podman build --format docker --tag overzicht .; \
	elif command -v buildah >/dev/null; then buildah build --format docker --tag overzicht .; \
	else docker build --file Containerfile --tag overzicht .; fi

clean: ## Remove what was made
	rm -rf build $(ENGINE) .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
