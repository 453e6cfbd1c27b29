# The two to know: `make run` opens the desk, `make test` passes the tests. Both set up what they need first.

WORKERS ?= 2
CUTS ?= 1000
HISTORIES ?= 100000
TIMES ?= 10
UPGRADE ?=
export PYTHON UPGRADE
# The tests start many processes: bytecode is kept, or each of them would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv/bin
PURE_VENV := .venv-pure/bin

# Rings 0 to 4: no toolkit, no database, no surroundings. They are typed strictly and tested without Qt once more.
PURE_RINGS := tournament ass wire scheduling formats matches registration side_comps planning operations publishing interchange
PURE_PACKAGES = $(wildcard $(addprefix arctos_desk/,$(PURE_RINGS)))
PURE_TESTS = tests/contracts/test_without_qt.py $(wildcard $(addprefix tests/,$(PURE_RINGS) conformance))

# Hashes are salted anew for every run, and the salt is printed: an order that only looks fixed shows itself, and can be repeated.
SALT := $(shell od -An -N3 -tu4 /dev/urandom | tr -d ' ')

.PHONY: help setup setup-pure setup-bundle run test check test-all test-pure test-bundle built bundle fuzz bench crash simulate screenshots lock messages format clean

help:
	@echo "make run          open the desk (sets up first)"
	@echo "make test         pass the tests (sets up first)"
	@echo "make setup        only set up: .venv with the locked packages and .venv/bin/arctos-desk"
	@echo "make check        style, types and rings, without the tests"
	@echo "make fuzz TIMES=n         try every property with n times as many examples, and fresh ones"
	@echo "make bundle       build the program that needs no Python, to dist/arctos-desk; tells its size and its start"
	@echo "make bench        the benchmark table"
	@echo "make crash CUTS=n         kill the writer n times and look whether anything was lost"
	@echo "make simulate HISTORIES=n let desks exchange operations in n random histories"
	@echo "make screenshots  pictures of the screens, to out/screenshots/"
	@echo "make messages     bring the catalogues in step with the source"
	@echo "make lock         resolve the dependencies anew (UPGRADE=--upgrade takes newer ones)"
	@echo "make format       lay out the source"

setup:
	@packaging/setup.sh

setup-pure:
	@packaging/setup.sh --pure

setup-bundle:
	@packaging/setup.sh --bundle

run: setup
	@exec $(VENV)/arctos-desk

# The builder works on one core for half a minute: it does so beside the checks, which use one core as well.
test: setup setup-pure setup-bundle
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check built
	@$(MAKE) --no-print-directory test-all
	@$(MAKE) --no-print-directory test-pure
	@$(MAKE) --no-print-directory test-bundle

check: setup
	$(VENV)/ruff check .
	$(VENV)/lint-imports --no-cache
	$(VENV)/mypy --strict $(PURE_PACKAGES)

# Properties are tried with the same examples every time, so that nobody is stopped by what chance finds just then.
# Fresh ones are for `make fuzz`, and for whoever calls pytest by hand.
test-all: setup
	PYTHONHASHSEED=$(SALT) $(VENV)/python -m pytest -n $(WORKERS) --dist loadgroup --hypothesis-profile=steady --ignore=tests/bundle

# A second salt and a zone in which noon is not noon: what the pure rings answer depends on neither.
# Every test is there again, the properties with a few examples: the values were tried before.
test-pure: setup-pure
	TZ=Pacific/Chatham PYTHONHASHSEED=$(SALT)7 $(PURE_VENV)/python -m pytest -n $(WORKERS) --dist loadgroup \
		--hypothesis-profile=repeated $(PURE_TESTS)

fuzz: setup
	ARCTOS_TIMES=$(TIMES) PYTHONHASHSEED=$(SALT) $(VENV)/python -m pytest -n $(WORKERS) --dist loadgroup \
		--hypothesis-profile=fresh -m hypothesis

# Built only when something has changed that it is made of. A machine that cannot build it says so and goes on.
built: setup-bundle
	$(VENV)/python packaging/bundle.py --if-possible

# Started as somebody else would start it.
test-bundle: built
	ARCTOS_BUNDLE=required $(VENV)/python -m pytest tests/bundle

bundle: setup-bundle
	$(VENV)/python packaging/bundle.py
	$(VENV)/python -m tests.benchmarks bundle

bench: setup
	$(VENV)/python -m tests.benchmarks

crash: setup
	$(VENV)/python -m tests.crash --cuts $(CUTS)

simulate: setup
	$(VENV)/python -m tests.simulation --histories $(HISTORIES)

screenshots: setup
	$(VENV)/python -m tests.screenshots --out out/screenshots

lock: setup
	packaging/lock.sh

messages: setup
	$(VENV)/python packaging/messages.py update
	$(VENV)/python packaging/messages.py compile

format: setup
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

clean:
	rm -rf .venv-pure .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache out build dist *.egg-info
	find . -name __pycache__ -prune -not -path './.venv/*' -exec rm -rf {} +
