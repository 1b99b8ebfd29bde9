import ast
import sys
from pathlib import Path

import algorithms

FOLDER = Path(algorithms.__file__).parent
# Dask is optional, and asked for in one place.
ALLOWED = {"numpy", "pandas", "scipy", "sklearn", "joblib", "threadpoolctl", "dask", "distributed"}


def test_algorithms_import_no_odoo():
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {"" if node.level else node.module.split(".")[0]}
            else:
                continue
            assert roots <= ALLOWED | {""} | sys.stdlib_module_names, (path.name, roots)
