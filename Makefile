# Everything a person or CI calls. The work is done by small scripts in scripts/.
PYTHON ?= $(shell sh scripts/find_python.sh)
# SERIES=17.0 or 19.0 chooses one; without it the best that can be had.
NO_PYTHON = No Python 3.10, 3.11 or 3.12 found. Install one, or name it: make demo PYTHON=/path/to/python3.11
LAUNCH = @test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }; "$(PYTHON)" scripts/launch.py

.DEFAULT_GOAL := help
.PHONY: help setup demo load test bench soak faults cluster smoke removal lint format i18n picture shell clean

help: ## show this list
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## virtual environment and Odoo, if they are not there yet
	$(LAUNCH)

demo: ## Odoo with a year of sales on 127.0.0.1:8069 (SERVE=0 ends before serving, SERIES=19.0)
	$(LAUNCH) demo.py

load: ## your own sales history into the demo database (CSV=sales.csv)
	$(LAUNCH) load.py

test: ## every test: pure, Odoo, browser (CHANGED=1, ONLY=pure, ONLY=/smart_recommender:TestRules, WORKERS=1, SERIES=all)
	$(LAUNCH) run_tests.py

bench: ## speed and quality beside public peers (QUICK=1, ONLY=pure, ratings, treasury, database, api, coupons or pages)
	$(LAUNCH) bench.py

soak: ## many clients on servers with and without the addon, writes docs/SOAK.md (MINUTES=15, LINES=200000, CLIENTS=1,5,20)
	$(LAUNCH) soak.py

faults: ## faults in the middle of trainings, each with what was found (ONLY=killed)
	$(LAUNCH) faults.py

cluster: ## several machines in one: two servers with job runners, two Dask workers, a standby (COMPANIES=4, LINES="10k lines", SMOKE=1)
	$(LAUNCH) cluster.py

smoke: ## each command in its quickest form: only that it runs (SERIES=available)
	$(LAUNCH) smoke.py

removal: ## the addon upgraded from each released version, and uninstalled: what is left (VERSIONS=none, VERSIONS=17.0.1.9.0)
	$(LAUNCH) removal.py

lint: ## ruff, pylint-odoo, prettier
	$(LAUNCH) lint.py

format: ## let ruff and prettier rewrite the sources
	$(LAUNCH) lint.py --fix

i18n: ## export the terms of the addon and merge them into fr.po
	$(LAUNCH) i18n.py

picture: ## draw docs/architecture.svg from the code
	$(LAUNCH) draw_house.py

shell: ## Odoo shell on the demo database
	$(LAUNCH) demo.py --shell

clean: ## remove what the other commands made, but not Odoo's own tree
	@for python in .run/*/venv/bin/python; do if [ -x "$$python" ]; then "$$python" scripts/clean.py || exit 1; break; fi; done
	@rm -rf .run node_modules .pytest_cache .ruff_cache .hypothesis
