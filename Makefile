# Everything a person or CI calls. The work is done by small scripts in scripts/.
PYTHON ?= $(shell sh scripts/find_python.sh)
VENV := .run/venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup demo load test bench lint format i18n shell clean

help: ## show this list
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## virtual environment and Odoo 17, if they are not there yet
	@test -n "$(PYTHON)" || { echo "No Python 3.10, 3.11 or 3.12 found. Install one, or name it: make demo PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" scripts/environment.py

demo: setup ## Odoo with a year of sales on 127.0.0.1:8069 (SERVE=0 ends before serving)
	@$(VENV) scripts/demo.py

load: setup ## your own sales history into the demo database (CSV=sales.csv)
	@$(VENV) scripts/load.py

test: setup ## every test: pure, Odoo, browser (ONLY=pure or ONLY=/smart_recommender:TestRules)
	@$(VENV) scripts/run_tests.py

bench: setup ## speed and quality beside public peers (QUICK=1, ONLY=pure or ONLY=database)
	@$(VENV) scripts/bench.py

lint: setup ## ruff, pylint-odoo, prettier
	@$(VENV) scripts/lint.py

format: setup ## let ruff and prettier rewrite the sources
	@$(VENV) scripts/lint.py --fix

i18n: setup ## export the terms of the addon and merge them into fr.po
	@$(VENV) scripts/i18n.py

shell: setup ## Odoo shell on the demo database
	@$(VENV) scripts/demo.py --shell

clean: ## remove what the other commands made, but not Odoo's own tree
	@if [ -x $(VENV) ]; then $(VENV) scripts/clean.py; fi
	@rm -rf .run node_modules .pytest_cache .ruff_cache .hypothesis
