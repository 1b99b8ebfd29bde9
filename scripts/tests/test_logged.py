"""What pip, git, apt and Odoo write goes to a log, and is shown where they fail."""

import sys

import environment
import inside_cli
import logged
import odoo_log
import odoo_source
import pytest
from series import FIRST, Series
from workspace import SetupError

LOADING = "2026-11-21 03:32:13,069 14570 INFO db odoo.modules.loading: Loading module {} ({}/{})"


def python(script):
    return [sys.executable, "-c", script]


def test_output_goes_to_the_log_and_not_to_the_terminal(tmp_path, capfd):
    log = tmp_path / "logs" / "pip.log"
    script = "import sys; print('out'); sys.stdout.flush(); print('err', file=sys.stderr)"
    seen = []
    assert logged.follow(python(script), log, seen.extend) == 0
    assert log.read_text() == "out\nerr\n"
    assert seen == ["out", "err"]
    assert capfd.readouterr() == ("", "")


def test_the_exit_code_comes_back_and_the_end_of_the_log_is_shown(tmp_path, capsys):
    log = tmp_path / "log"
    script = "print(*range(100), sep='\\n'); raise SystemExit(3)"
    assert logged.follow(python(script), log) == 3
    logged.show_end(log)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [str(number) for number in range(100 - logged.SHOWN, 100)]


def test_each_picture_of_a_bar_is_a_line(tmp_path):
    seen = []
    logged.follow(python(r"print('10%\r20%\r\n30%', end='')"), tmp_path / "log", seen.extend)
    assert [line for line in seen if line] == ["10%", "20%", "30%"]


def test_a_program_ends_with_us(tmp_path):
    def watch(_lines):
        raise KeyboardInterrupt

    script = "import time; print('ready', flush=True); time.sleep(600)"
    with pytest.raises(KeyboardInterrupt):
        logged.follow(python(script), tmp_path / "log", watch)


class Steps(list):
    """What is said of a long step."""

    def __call__(self, *step):
        self.append(step)

    def close(self, complete=False):
        self.append(complete)


def test_packages_are_counted_as_pip_gets_them(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("# pins\na==1\nb==2\nc==3; python_version < '3.11'\n\n")
    steps = Steps()
    packages = environment.Packages(lock, steps)
    packages(["Ignoring c: markers 'python_version' don't match", "Collecting a==1 (from -r lock)"])
    packages(["  Downloading a-1.whl (20 kB)", "Collecting b==2", "Collecting b==2 (from a)"])
    packages(["Installing collected packages: a, b", "WARNING: Running pip as the 'root' user"])
    assert steps == [
        *[("getting packages", done, 3) for done in range(3)],
        True,
        ("installing the packages (about a minute)",),
    ]


def test_where_pip_fails_its_reason_and_its_log_are_shown(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Series, "folder", property(lambda _self: tmp_path))
    FIRST.python.parent.mkdir(parents=True)
    FIRST.python.write_text("#!/bin/sh\necho 'ERROR: no such mirror'\nexit 1\n")
    FIRST.python.chmod(0o755)
    with pytest.raises(SetupError, match="pip.log"):
        environment.install_packages(FIRST)
    assert "ERROR: no such mirror" in capsys.readouterr().err


def test_where_a_clone_breaks_off_nothing_that_looks_whole_is_left(tmp_path, monkeypatch, capsys):
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(
        "#!/bin/sh\n[ $1 = ls-remote ] && exit 0\n"
        "printf 'Receiving objects:  45%% (9/20)\\rfatal: the remote end hung up\\n'; exit 128\n"
    )
    git.chmod(0o755)
    monkeypatch.setenv("PATH", str(git.parent), prepend=":")
    monkeypatch.setattr(Series, "folder", property(lambda _self: tmp_path))
    with pytest.raises(SetupError, match=r"git\.log"):
        odoo_source._clone(tmp_path / "odoo")
    said = capsys.readouterr()
    assert "receiving Odoo, percent: 45 of 100" in said.out
    assert "fatal: the remote end hung up" in said.err
    assert not (tmp_path / "odoo").exists()


def test_modules_are_counted_and_only_what_matters_is_shown(capsys):
    loading = odoo_log.Loading()
    loading([LOADING.format("base", 1, 1), "<string>:5: (ERROR/3) Unexpected indentation."])
    loading([LOADING.format("sale", 2, 3), "Running as user 'root' is a security risk."])
    loading([LOADING.format("smart_recommender", 3, 3)])
    loading.close(complete=True)
    loading = odoo_log.Loading()
    loading(["2026-11-21 03:32:13,069 1 ERROR db odoo.sql_db: bad query", "SELECT"])
    loading.close(complete=False)
    *shown, query = capsys.readouterr().out.splitlines()
    assert shown[0] == "» modules: 3 of 3"
    assert shown[1:] == ["2026-11-21 03:32:13,069 1 ERROR db odoo.sql_db: bad query"]
    assert query == "SELECT"


def test_odoo_says_nothing_of_the_user_root(tmp_path):
    """As its command line calls the check: through the module `server`."""
    package = tmp_path / "odoo" / "cli"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "server.py").write_text("def check_root_user():\n    print('root is a risk')\n")
    (package / "__init__.py").write_text(
        "import sys\nfrom . import server\n"
        "def main():\n    server.check_root_user()\n    print(sys.argv[1:])\n"
    )
    log = tmp_path / "log"
    command = [sys.executable, inside_cli.__file__, "shell", "-d", "x"]
    assert logged.follow(command, log, env={"PYTHONPATH": str(tmp_path)}) == 0
    assert log.read_text() == "['shell', '-d', 'x']\n"
