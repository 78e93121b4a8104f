# Sets Framesift up in .venv, runs it and tests it; `make help` lists the targets.

VENV := .venv
BIN := $(VENV)/bin
REQUIREMENTS := packaging/requirements
DEMO_SHOOT := build/demo-shoot
SHOOT ?= $(DEMO_SHOOT)
SCREENSHOT := build/framesift.png

# The first of these that is a Python 3.11 to 3.13; `make run PYTHON=/path/to/python3.12` names another.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $(name))))

PIP := $(BIN)/python -m pip --disable-pip-version-check
UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml $(REQUIREMENTS)/build.in

# Tests and benchmarks draw into memory, whatever display there is.
OFFSCREEN := env -u DISPLAY -u WAYLAND_DISPLAY QT_QPA_PLATFORM=offscreen TF_CPP_MIN_LOG_LEVEL=3

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run setup test lint bench fuzz faults soak frozen demo requirements clean libraries

help: ## Say what the targets do
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)$$/make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-20s %s\n' "$$name" "$$what"; done

run: $(VENV)/.project libraries ## Open the demo shoot, or SHOOT=folder; without a display judge it and draw the window
ifeq ($(SHOOT),$(DEMO_SHOOT))
	@$(BIN)/python packaging/demo_shoot.py $(DEMO_SHOOT)
endif
	@sh packaging/open_shoot.sh $(BIN)/python "$(SHOOT)" $(SCREENSHOT)

setup: $(VENV)/.development $(VENV)/.project libraries ## Set up the program, its tests and training; run nothing

test: $(VENV)/.development $(VENV)/.project ## Lint, types, floors and all tests
	@env -u DISPLAY -u WAYLAND_DISPLAY sh packaging/system_libraries.sh $(BIN)/python
	@$(MAKE) --no-print-directory lint
	@$(OFFSCREEN) sh packaging/run_tests.sh $(BIN)/python

lint: $(VENV)/.development $(VENV)/.project ## Lint, types and floors only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.development $(VENV)/.project ## Run the benchmarks, one after another
	@env -u DISPLAY -u WAYLAND_DISPLAY sh packaging/system_libraries.sh $(BIN)/python
	@set -e; for script in $(sort $(wildcard tests/benchmarks/*.py)); do echo "== $$script"; $(OFFSCREEN) $(BIN)/python "$$script"; done

fuzz: $(VENV)/.development $(VENV)/.project ## Feed mutated files to the readers for SECONDS=60, the same ones with SEED=number
	@$(BIN)/python tests/fuzz/fuzz_files.py --seconds $(or $(SECONDS),60) $(if $(SEED),--seed $(SEED))

faults: $(VENV)/.development $(VENV)/.project ## Scan FILES=2000 generated damaged files, the same ones with SEED=number
	@$(BIN)/python tests/fuzz/scan_faults.py --files $(or $(FILES),2000) $(if $(SEED),--seed $(SEED))

soak: $(VENV)/.development $(VENV)/.project ## Use, kill and start the program again for MINUTES=30; checks that nothing is lost or grows
	@$(BIN)/python tests/soak/soak.py --minutes $(or $(MINUTES),30) $(if $(SEED),--seed $(SEED))

frozen: $(VENV)/.development $(VENV)/.project ## Build the self-contained program in dist/framesift and try it
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/frozen packaging/framesift.spec
	@env -u DISPLAY -u WAYLAND_DISPLAY $(BIN)/python packaging/check_frozen.py dist/framesift

demo: $(VENV)/.project ## Make the demo shoot in build/demo-shoot
	@$(BIN)/python packaging/demo_shoot.py $(DEMO_SHOOT)

requirements: ## Resolve the pinned requirements again (needs uv); keeps the pins that still fit
	$(UV_COMPILE) --extra demo --extra frozen --extra test --extra training --output-file $(REQUIREMENTS)/development.txt
	$(UV_COMPILE) --extra demo --constraint $(REQUIREMENTS)/development.txt --output-file $(REQUIREMENTS)/app.txt

clean: ## Remove what was built and found; .venv stays
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks .coverage
	find app editor quality resources training packaging tests -name __pycache__ -type d -prune -exec rm -rf {} +

libraries: $(VENV)/.created
	@sh packaging/system_libraries.sh $(BIN)/python

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo 'Framesift needs Python 3.11, 3.12 or 3.13; say where: make PYTHON=/path/to/python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python cannot make virtual environments; on Debian and Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# app.txt is a subset of development.txt, so either set serves the program.
$(VENV)/.app: $(REQUIREMENTS)/app.txt | $(VENV)/.created
	@echo 'Installing the pinned requirements of the program into $(VENV); the first time this downloads about half a gigabyte.'
	$(PIP) install --quiet --require-hashes --requirement $(REQUIREMENTS)/app.txt
	@touch $@

$(VENV)/.development: $(REQUIREMENTS)/development.txt | $(VENV)/.created
	@echo 'Installing the pinned requirements of the program, its tests and training into $(VENV); the first time this downloads more than a gigabyte.'
	$(PIP) install --quiet --require-hashes --requirement $(REQUIREMENTS)/development.txt
	@touch $@ $(VENV)/.app

# The project itself: its code stays here, the command `framesift` appears in .venv.
$(VENV)/.project: pyproject.toml | $(VENV)/.app
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@
