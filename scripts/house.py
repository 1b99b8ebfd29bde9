"""The house by subject: which folders belong to whom, who may use whom, and who does.

Each tree of the addon (models, views, tests, …) has one folder a subject, under the same word. The
table in the README's architecture section says which subjects may use which; ``House.uses`` finds
which do, whether by an import, a model's name, a private method, a table of the database, a view or
a template. Standard library only: it runs before the set-up.
"""

import ast
import csv
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from workspace import MODULE, ROOT

CORE = "core"
CODE = ("models", "wizards", "controllers", "algorithms")
TREES = (*CODE, "views", "security", "data", "report", "static/src", "tests")
TOURS = "static/tests/tours"
_ROW = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.MULTILINE)
_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)")
_XML_REFERENCE = re.compile(
    r"""\b(?:ref|action|parent|inherit_id|groups)="([\w.,]+)"|%\(([\w.]+)\)d|\bref\('([\w.]+)'\)"""
)
_XML_DEFINITION = re.compile(r'<(?:record|menuitem|template|report)\b[^>]*?\bid="(\w+)"', re.DOTALL)
_TEMPLATE = re.compile(rf't-name="{MODULE}\.([\w.]+)"')
_TEMPLATE_USE = re.compile(rf't-(?:call|inherit)="{MODULE}\.([\w.]+)"')
_SCRIPT_IMPORT = re.compile(r'from "(\.[\w./]+)"')
_TEXT = re.compile(r'"([a-z][\w.]+)"')


@dataclass(frozen=True)
class Use:
    """One place where a subject uses another. what : the name that is used."""

    path: str
    line: int
    subject: str
    other: str
    what: str

    def __str__(self):
        return f"{self.path}:{self.line} ({self.subject}) uses {self.what} of {self.other}"


def allowed(readme=ROOT / "README.md"):
    """{subject: set of the subjects that it may use}, from the README's table."""
    section = readme.read_text().partition("\n## Architecture")[2].partition("\n## ")[0]
    table = {
        subject: set(re.findall(r"`(\w+)`", others)) for subject, others in _ROW.findall(section)
    }
    if CORE not in table:
        raise ValueError(f"{readme} has no table of subjects in its section Architecture.")
    return table


def word_of(path, subjects):
    """The subject that a file belongs to, None where it belongs to none.

    path : str or Path relative to the checkout; subjects : their words.
    """
    path = Path(path)
    for tree in map(Path, TREES):
        if path.is_relative_to(tree):
            # tests/algorithms/ has the words one floor below.
            rest = [part for part in path.relative_to(tree).parts[:-1] if part != "algorithms"]
            return rest[0] if rest and rest[0] in subjects else None
    if path.is_relative_to(TOURS):
        word = path.name.partition("_")[0]
        return word if word in subjects else None
    return None


def dependants(words, table):
    """These subjects and all that use them, directly or through others; of core they are all."""
    found = set(words)
    if CORE in found:
        return set(table)
    while True:
        more = {word for word, others in table.items() if others & found} - found
        if not more:
            return found
        found |= more


# ----------------------------------------------------------------------
# Who uses whom
# ----------------------------------------------------------------------


class House:
    """The files of a checkout by subject, and what each defines."""

    def __init__(self, root=ROOT, subjects=None):
        self.root = root
        subjects = subjects or allowed()
        self.subjects = set(subjects)
        self.table = subjects if isinstance(subjects, dict) else {}
        self.files = {}
        for tree in TREES[:-1]:  # tests may look at all
            for path in sorted((root / tree).rglob("*")):
                name = path.relative_to(root)
                word = word_of(name, self.subjects)
                if word and path.is_file() and "__pycache__" not in path.parts:
                    self.files[name] = word
        self.models, self.members, self.references = {}, defaultdict(set), {}
        for name, word in self.files.items():
            self._define(name, word)
        self.tables = {model.replace(".", "_"): word for model, word in self.models.items()}

    def _define(self, name, word):
        text = self._text(name)
        if name.suffix == ".py":
            classes = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ClassDef))
            for node in (member for found in classes for member in found.body):
                if isinstance(node, ast.FunctionDef):
                    self.members[node.name].add(word)
                elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    self._define_assigned(node, word)
        elif name.suffix == ".xml":
            for found in _XML_DEFINITION.findall(text):
                self.references[found] = word
            for found in _TEMPLATE.findall(text):
                self.references[f"template {found}"] = word

    def _define_assigned(self, node, word):
        target = node.targets[0].id
        if target == "_name" and isinstance(node.value, ast.Constant):
            self.models[node.value.value] = word
        elif target.startswith("ai_"):
            self.members[target].add(word)

    def _text(self, name):
        path = self.root / name
        return path.read_text() if path.suffix in (".py", ".xml", ".js", ".csv") else ""

    def uses(self):
        """Every Use of one subject by another, in the order of the files."""
        readers = {
            ".py": self._python,
            ".xml": self._xml,
            ".js": self._script,
            ".csv": self._rights,
        }
        found = {}
        for name, word in self.files.items():
            reader = readers.get(name.suffix)
            for line, other, what in reader(name, self._text(name)) if reader else ():
                if other and other != word:
                    found[Use(str(name), line, word, other, what)] = True
        return list(found)

    def trespasses(self, table):
        """The uses that the table does not allow."""
        return [
            use for use in self.uses() if use.other != CORE and use.other not in table[use.subject]
        ]

    def _python(self, name, text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                yield from self._imported(name, node)
            elif isinstance(node, ast.Attribute):
                yield node.lineno, self._owner(node.attr, name), f".{node.attr}"
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, self.models.get(node.value), node.value
                identifier = node.value.removeprefix(f"{MODULE}.")
                if identifier != node.value:
                    yield node.lineno, self.references.get(identifier), node.value
                yield node.lineno, self._owner(node.value, name), node.value
                for table in _TABLE.findall(node.value):
                    yield node.lineno, self.tables.get(table), f"table {table}"

    def _imported(self, name, node):
        if not node.level:
            return
        package = list(name.parts[: len(name.parts) - node.level])
        module = [*package, *(node.module or "").split(".")]
        for alias in node.names:
            path = Path(*filter(None, module), alias.name, "x")
            yield node.lineno, word_of(path, self.subjects), f"{'.'.join(path.parts[:-1])}"

    def _owner(self, member, name):
        """Whose a private method or field is; None where core or the file's subject has it.

        Of several, one that may use another extends what that one has.
        """
        owners = self.members.get(member)
        if not owners or not member.startswith(("_", "ai_")):
            return None
        if owners & {CORE, self.files[name]}:
            return None
        first = {word for word in owners if not self.table.get(word, set()) & (owners - {word})}
        return min(first or owners)

    def _xml(self, name, text):
        for number, line in _lines(text):
            for found in _XML_REFERENCE.finditer(line):
                for reference in next(filter(None, found.groups())).split(","):
                    reference = reference.removeprefix(f"{MODULE}.")
                    model = reference.removeprefix("model_")
                    owner = self.tables.get(model) or self.references.get(reference)
                    yield number, owner, reference
            for template in _TEMPLATE_USE.findall(line):
                yield number, self.references.get(f"template {template}"), f"template {template}"
            for word in re.findall(r'name="(ai_\w+)"', line):
                yield number, self._owner(word, name), f"field {word}"
            for model in re.findall(r">([a-z][\w.]+)</field>|model=\"([\w.]+)\"", line):
                yield number, self.models.get("".join(model)), "".join(model)

    def _script(self, name, text):
        for number, line in _lines(text):
            for found in _SCRIPT_IMPORT.findall(line):
                path = (self.root / name.parent / f"{found}.js").resolve()
                if path.is_relative_to(self.root.resolve()):
                    path = path.relative_to(self.root.resolve())
                    yield number, word_of(path, self.subjects), str(path)
            for text in _TEXT.findall(line):
                yield number, self.models.get(text), text
                if text.startswith(f"{MODULE}."):
                    yield number, self.references.get(text.removeprefix(f"{MODULE}.")), text

    def _rights(self, name, text):
        if name.name != "ir.model.access.csv":  # rows of another model
            return
        for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
            model = row["model_id:id"].removeprefix("model_")
            yield number, self.tables.get(model), row["model_id:id"]
            yield number, self.references.get(row["group_id:id"]), row["group_id:id"]


def _lines(text):
    return enumerate(text.splitlines(), 1)


# ----------------------------------------------------------------------
# Without a subject
# ----------------------------------------------------------------------


def remove(addon, word):
    """Take a subject out of a copy of the addon: its folders, its lines in manifest and packages.

    addon : Path of the copy, which is changed in place.
    """

    def without(line):
        names = re.fullmatch(r"from \. import (.+)\n", line)
        if names:
            kept = [name for name in names[1].split(", ") if name != word]
            return f"from . import {', '.join(kept)}\n" if kept else ""
        return "" if line.startswith(f"from .{word} import ") else line

    for tree in (*TREES, "tests/algorithms"):
        shutil.rmtree(addon / tree / word, ignore_errors=True)
    for tour in (addon / TOURS).glob(f"{word}_*.js"):
        tour.unlink()
    manifest = addon / "__manifest__.py"
    paths = "|".join(map(re.escape, TREES))
    manifest.write_text(
        re.sub(rf'^ *"(?:{MODULE}/)?(?:{paths})/{word}/.*\n', "", manifest.read_text(), flags=re.M)
    )
    for package in (*CODE, "tests"):
        path = addon / package / "__init__.py"
        path.write_text("".join(filter(None, map(without, path.read_text().splitlines(True)))))
