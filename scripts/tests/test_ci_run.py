"""What CI says and ends with, whatever comes of the commands that it calls."""

import os
import shutil
import subprocess

import pytest
from workspace import ROOT

# Stands for make: each target says something, and ends with the code that the test wishes.
MAKE = """\
#!/bin/sh
echo "$@" >>"$CALLS"
eval "code=\\${CODE_$1:-0}"
case $1 in
    test) echo "a class: 2 passed"; echo "$CLOSING" ;;
    smoke) echo "  runs   demo, 9 s" ;;
    lint) echo "a warning of a linter" ;;
esac
exit $code
"""
CLOSING = "1957 passed, 0 failed"


@pytest.fixture
def ci(tmp_path):
    """Run CI with codes for some targets; returns (exit code, lines, targets called)."""
    (tmp_path / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci" / "run", tmp_path / ".ci")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (("make", MAKE), ("npm", "#!/bin/sh\n"), ("git", "#!/bin/sh\n")):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    calls = tmp_path / "calls"

    def run(**codes):
        environ = {f"CODE_{name}": str(code) for name, code in codes.items()}
        result = subprocess.run(
            [tmp_path / ".ci" / "run"],
            env={
                "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
                "CALLS": str(calls),
                "CLOSING": CLOSING,
                **environ,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return result.returncode, result.stdout.splitlines(), calls.read_text().splitlines()

    return run


def test_all_is_called_for_every_series_and_the_last_line_is_that_of_the_tests(ci):
    code, lines, calls = ci()
    assert code == 0
    assert sorted(calls) == [
        "lint",
        "setup SERIES=19.0",
        "setup SERIES=available",
        "smoke SERIES=available",
        "test SERIES=available",
    ]
    assert lines[0] == "a class: 2 passed"
    assert lines[-1] == CLOSING
    assert lines.count(CLOSING) == 1
    assert "  runs   demo, 9 s" in lines


@pytest.mark.parametrize(
    ("target", "said", "shown"),
    [
        ("lint", "! the linters failed: CI fails", "a warning of a linter"),
        ("smoke", "! a command of the Makefile does not run: CI fails", "  runs   demo, 9 s"),
    ],
)
def test_what_fails_beside_the_tests_fails_ci_with_a_line_and_its_log(ci, target, said, shown):
    code, lines, _calls = ci(**{target: 2})
    assert code == 1
    assert any(line.startswith(said) for line in lines)
    assert shown in lines
    assert lines[-1] == CLOSING


def test_tests_that_fail_fail_ci(ci):
    code, lines, _calls = ci(test=2)
    assert (code, lines[-1]) == (2, CLOSING)


def test_without_a_series_nothing_else_is_called(ci):
    code, _lines, calls = ci(setup=1)
    assert code == 1
    assert all(call.startswith("setup ") for call in calls)
