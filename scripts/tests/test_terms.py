import ast

from workspace import ROOT

FOLDERS = ("models", "wizards", "controllers", "tools", "report")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def inside_formats(text):
    """Lines on which a term stands inside an f-string, where no export of terms finds it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "_lt"):
                    yield call.lineno


def test_a_term_inside_a_format_is_found():
    assert list(inside_formats("a = f\"{_('Lost')}\"")) == [1]
    assert not list(inside_formats("word = _('Found')\na = f'{word}'"))


def test_every_term_is_where_its_export_finds_it():
    lost = {str(file): list(inside_formats(file.read_text())) for file in FILES}
    assert FILES
    assert not {file: lines for file, lines in lost.items() if lines}
