"""Where the browser of the tours comes from, and what is said where none can be had."""

import subprocess
from xml.etree import ElementTree

import browser
import pytest
from workspace import SetupError

PLAN = """\
Reading package lists...
Inst libc6 (2.36-9+deb12u9 Debian:12/stable [amd64])
Inst libnss3 (2:3.87.1-1 Debian:12/stable [amd64])
Inst chromium-common (120.0 Debian-Security:12/stable-security [amd64])
Inst {program} (120.0 Debian-Security:12/stable-security [amd64])
Conf libnss3 (2:3.87.1-1 Debian:12/stable [amd64])
"""


@pytest.fixture
def empty_machine(tmp_path, monkeypatch):
    """A machine with nothing on PATH and nothing in the cache; returns the folder on PATH."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return programs


def program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("name", browser.NAMES)
def test_the_machine_s_own_browser_comes_first(empty_machine, name):
    program(empty_machine / name, "exit 1")
    assert browser.provide() == empty_machine


def test_one_that_was_unpacked_earlier_is_taken(empty_machine, tmp_path):
    root = tmp_path / "cache" / "smart_recommender" / f"headless-{browser._release()}"
    program(root / "bin" / "chromium", "exit 1")
    assert empty_machine.is_dir()
    assert browser.provide() == root / "bin"


@pytest.mark.usefixtures("empty_machine")
def test_where_none_can_be_had_one_line_says_so(capsys):
    assert browser.provide() is None
    [line] = capsys.readouterr().out.splitlines()
    assert "all tours are skipped: install Chromium" in line
    assert "not a Debian-like system" in line


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """An Apt whose commands answer from a dict {word of a command: text}; downloads are made up."""
    apt = browser.Apt(tmp_path / "downloads")
    plans = {name: PLAN.format(program=name) for name in browser.PROGRAMS}
    answers = {"update": "", "install": plans, "download": ""}

    def run(_command, *arguments):
        answers["asked"] = arguments
        if answers[arguments[0]] is plans:
            return plans[arguments[-2]]
        if arguments[0] == "download" and not answers["download"]:
            for name in arguments[1:]:
                (apt.folder / f"{name}.deb").touch()
        return answers[arguments[0]]

    monkeypatch.setattr(apt, "_run", run)
    return apt, answers


def test_what_the_machine_lacks_is_downloaded_but_never_its_c_library(apt):
    apt, answers = apt
    files = apt.download()
    assert {file.stem for file in files} == {
        "chromium-headless-shell", "chromium-common", "libnss3"
    }  # fmt: skip
    assert "libc6" not in answers["asked"]


def test_releases_that_lack_the_program_without_windows_have_the_whole_one(apt):
    apt, answers = apt
    answers["install"]["chromium-headless-shell"] = "E: Unable to locate package"
    assert {file.stem for file in apt.download()} == {"chromium", "chromium-common", "libnss3"}


@pytest.mark.parametrize(
    ("word", "answer"),
    [("install", "E: Unable to locate package chromium"), ("download", "E: Failed to fetch")],
)
def test_what_apt_cannot_get_is_named(apt, word, answer):
    apt, answers = apt
    answers[word] = f"Reading\n{answer}\n"
    with pytest.raises(SetupError, match=answer):
        apt.download()


@pytest.mark.parametrize("name", browser.PROGRAMS)
def test_the_wrapper_starts_the_unpacked_program_with_its_libraries_and_fonts(tmp_path, name):
    root = tmp_path / "a root"
    libraries = root / "usr" / "lib" / "x86_64-linux-gnu"
    (libraries / "nss").mkdir(parents=True)
    real = 'echo "$LD_LIBRARY_PATH"; echo "$FONTCONFIG_FILE"; echo "$@"'
    program(root / "usr" / "lib" / "chromium" / name, real)
    browser.write_wrapper(root)
    link = tmp_path / "chromium"
    link.symlink_to(root / "bin" / "chromium")
    result = subprocess.run(
        [link, "--headless", "two words"],
        env={"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": "/more"},
        capture_output=True,
        text=True,
        check=True,
    )
    folders, fonts, arguments = result.stdout.splitlines()
    assert folders.split(":") == [
        f"{root}/usr/lib/chromium",
        str(libraries),
        f"{libraries}/nss",
        "/more",
    ]
    assert (fonts, arguments) == (f"{root}/fonts.conf", "--headless two words")


def test_the_wrapper_lets_others_choose_the_fonts(tmp_path):
    program(tmp_path / "usr" / "lib" / "chromium" / "chromium", 'echo "$FONTCONFIG_FILE"')
    browser.write_wrapper(tmp_path)
    environ = {"PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": "/own/fonts.conf"}
    command = [tmp_path / "bin" / "chromium"]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert result.stdout == "/own/fonts.conf\n"


@pytest.mark.usefixtures("empty_machine")
def test_a_wrapper_of_an_earlier_version_is_written_anew():
    root = browser.unpacked()
    (root / "bin").mkdir(parents=True)
    (root / "bin" / "chromium").write_text("old")
    assert browser.provide() == root / "bin"
    assert "FONTCONFIG_FILE" in (root / "bin" / "chromium").read_text()


@pytest.mark.usefixtures("empty_machine")
def test_pages_are_shown_in_the_font_of_odoo_and_of_the_unpacked_browser(tmp_path):
    own = tmp_path / "a & b" / browser.FONT
    unpacked = browser.unpacked() / "usr" / "share" / "fonts"
    for folder in (own, unpacked):
        folder.mkdir(parents=True)
    file = tmp_path / "fonts.conf"
    browser.write_fonts(file, [tmp_path / "a & b", tmp_path / "nothing here"])
    folders = [node.text for node in ElementTree.parse(file).iter("dir")]
    assert folders == [str(own), str(unpacked)]


def test_a_browser_that_does_not_start_is_refused_with_its_last_words(tmp_path):
    lacking = "error while loading shared libraries: libnss3.so"
    program(tmp_path / "chromium", f"echo '{lacking}' >&2; exit 127")
    with pytest.raises(SetupError, match=lacking):
        browser.check_start(tmp_path / "chromium")
    program(tmp_path / "chromium", "echo '<html><head></head><body></body></html>'")
    browser.check_start(tmp_path / "chromium")


@pytest.mark.usefixtures("apt")
def test_an_interrupted_unpacking_leaves_nothing_that_looks_finished(tmp_path, monkeypatch):
    root = tmp_path / "chromium-here"
    monkeypatch.setattr(browser.shutil, "which", lambda name: name)

    def interrupted(_apt):
        assert root.with_name("chromium-here.partial").is_dir()
        raise KeyboardInterrupt

    monkeypatch.setattr(browser.Apt, "download", interrupted)
    with pytest.raises(KeyboardInterrupt):
        browser.unpack(root)
    assert list(tmp_path.glob("chromium-here*")) == []
