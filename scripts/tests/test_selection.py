"""Which tests are chosen for ONLY and CHANGED, and why."""

import subprocess

import pytest
import selection
from selection import EVERYTHING, Selection
from workspace import SetupError

TABLE = {
    "core": set(),
    "fruit": {"core"},
    "tree": {"core", "fruit"},
    "wood": {"core", "tree"},
    "stone": {"core"},
}
CLASS = "odoo.addons.smart_recommender.tests.{}.TestA"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with tests of the subjects; write(path) makes a file in it."""
    monkeypatch.setattr(selection, "ROOT", tmp_path)
    for name in ("ONLY", "CHANGED"):
        monkeypatch.delenv(name, raising=False)

    def write(path, text="x = 1\n"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    for word in ("core", "fruit", "tree", "stone"):
        write(f"tests/{word}/test_{word}_a.py")
        write(f"tests/algorithms/{word}/test_a.py")
    write("tests/tree/test_tree_with_modules.py", '@tagged("with_modules")\n')
    return write


@pytest.mark.usefixtures("checkout")
def test_without_a_choice_everything_runs():
    chosen = selection.from_environment()
    assert chosen == EVERYTHING
    assert chosen.wants(CLASS.format("fruit.test_fruit_a"))


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(
    ("only", "chosen"),
    [
        ("pure", Selection(pure=EVERYTHING.pure)),
        ("/smart_recommender:TestA", Selection(standard="/smart_recommender:TestA")),
        ("slow", Selection(standard="slow")),
        ("with_modules", Selection(beside="with_modules")),
    ],
)
def test_only_chooses_pure_tests_a_class_or_a_tag(monkeypatch, only, chosen):
    monkeypatch.setenv("ONLY", only)
    assert selection.from_environment() == chosen


@pytest.mark.usefixtures("checkout")
def test_only_and_changed_together_make_no_sense(monkeypatch):
    monkeypatch.setenv("ONLY", "pure")
    monkeypatch.setenv("CHANGED", "1")
    with pytest.raises(SetupError, match="one of ONLY and CHANGED"):
        selection.from_environment()


@pytest.mark.usefixtures("checkout")
def test_a_subject_runs_with_all_that_builds_on_it():
    chosen = selection.of_changes({"models/fruit/apple.py", "tests/fruit/test_fruit_a.py"}, TABLE)
    assert chosen.words == {"fruit", "tree", "wood"}
    assert chosen.pure == ("tests/algorithms/fruit", "tests/algorithms/tree", "scripts/tests")
    assert (chosen.standard, chosen.beside) == (EVERYTHING.standard, EVERYTHING.beside)
    assert chosen.why == (
        "tests of fruit, which differ from HEAD; tree, wood because they build on it"
    )
    wanted = [word for word in TABLE if chosen.wants(CLASS.format(f"{word}.test_{word}_a"))]
    assert wanted == ["fruit", "tree", "wood"]
    assert chosen.wants(CLASS.format("test_of_the_house"))


@pytest.mark.usefixtures("checkout")
def test_what_nothing_builds_on_runs_alone_and_without_the_other_database():
    chosen = selection.of_changes({"static/tests/tours/stone_tour.js"}, TABLE)
    assert chosen.words == {"stone"}
    assert chosen.standard
    assert not chosen.beside
    assert chosen.why == "tests of stone, which differ from HEAD"


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("path", ["models/core/base.py", "__manifest__.py", "i18n/fr.po"])
def test_core_and_what_belongs_to_no_subject_run_everything(path):
    assert selection.of_changes({path}, TABLE).words == set(TABLE)


@pytest.mark.usefixtures("checkout")
def test_scripts_run_their_own_tests_and_no_odoo():
    chosen = selection.of_changes({"scripts/launch.py", "README.md", "docs/picture.svg"}, TABLE)
    assert chosen == Selection(
        ("scripts/tests",), words=frozenset(), why="tests of scripts, which differ from HEAD"
    )


@pytest.mark.usefixtures("checkout")
def test_documents_need_no_test():
    chosen = selection.of_changes({"README.md", "docs/METHODS.md"}, TABLE)
    why = "nothing that a test looks at differs from HEAD"
    assert chosen == Selection(words=frozenset(), why=why)


def git(folder, *arguments):
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True)


def test_changes_are_those_of_git_with_both_names_of_a_move(checkout, tmp_path):
    checkout(".gitignore", ".run/\n")
    checkout("models/fruit/apple.py", "apple\n" * 20)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    assert selection.changed_paths() == set()
    (tmp_path / "models" / "tree").mkdir()
    git(tmp_path, "mv", "models/fruit/apple.py", "models/tree/apple.py")
    checkout("tests/core/test_core_a.py", "changed\n")
    checkout("models/stone/é new.py")
    checkout(".run/file")
    assert selection.changed_paths() == {
        "models/fruit/apple.py",
        "models/tree/apple.py",
        "tests/core/test_core_a.py",
        "models/stone/é new.py",
    }


@pytest.mark.usefixtures("checkout")
def test_a_folder_without_git_is_refused_with_the_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("CHANGED", "1")
    with pytest.raises(SetupError, match="git says: fatal.*without it"):
        selection.from_environment()
