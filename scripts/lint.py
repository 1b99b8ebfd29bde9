"""Linters over our sources: ruff, pylint-odoo, prettier. With --fix they rewrite what they can."""

import shutil
import subprocess
import sys

from series import current
from workspace import ROOT, SetupError, run_main, say

# All Python of the addon; what only people and CI call has no models to check.
NO_ADDON = ("scripts/", "benchmarks/", "docs/")
# The README is Markdown, which every forge shows.
_PYLINT = ("--rcfile=.pylintrc", "--disable=missing-readme")
PRETTIER_FILES = ("**/*.xml", "static/src/**/*.{js,scss}", "static/tests/**/*.js")


def commands(fix):
    programs = current().venv / "bin"
    ruff = programs / "ruff"
    yield "ruff", [ruff, "check", *(["--fix"] if fix else []), "."]
    yield "ruff format", [ruff, "format", *([] if fix else ["--check"]), "."]
    yield "pylint-odoo", [programs / "pylint", *_PYLINT, *_python_files()]
    mode = "--write" if fix else "--check"
    yield "prettier", ["npx", "--no-install", "prettier", mode, *PRETTIER_FILES]


def _python_files():
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.split()
    return [name for name in names if not name.startswith(NO_ADDON)]


def install_prettier():
    if (ROOT / "node_modules" / ".bin" / "prettier").exists():
        return
    if not shutil.which("npm"):
        raise SetupError(
            "npm is missing: install Node.js 18 or newer (apt-get install nodejs npm)."
        )
    say("installing prettier")
    if subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=ROOT).returncode:
        raise SetupError("npm could not install prettier: is the npm registry reachable?")


def main():
    install_prettier()
    failed = []
    for name, command in commands(fix="--fix" in sys.argv):
        say(name)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        raise SetupError(f"{', '.join(failed)} found something; 'make format' mends most of it.")


if __name__ == "__main__":
    run_main(main)
