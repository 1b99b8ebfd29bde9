"""The mirror is the machine's own, and what is missing is named."""

import debian
import pytest
from debian import Mirror
from workspace import SetupError

CLASSIC = """
# deb http://commented.example/debian bookworm main
deb http://mirror.example/debian bookworm main contrib # the nearest
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/keys/vendor.gpg] http://vendor.example/apt stable main
deb http://mirror.example/debian-security bookworm-security main
deb http://flat.example ./
"""
STANZAS = """Types: deb deb-src
# where it came from
URIs: http://mirror.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main

Types: deb-src
URIs: http://sources.example/debian
Suites: trixie
Components: main
"""
KEY = "\n".join(
    [
        "Types: deb",
        "URIs: http://key.example/debian",
        "Suites: sid",
        "Components: main",
        "Signed-By:",
        " -----BEGIN PGP PUBLIC KEY BLOCK-----",
        " .",
        " abc=",
    ]
)


def test_the_classic_format_gives_the_mirror_of_the_distribution():
    assert list(debian.parse_one_line(CLASSIC)) == [
        Mirror("http://mirror.example/debian"),
        Mirror("http://vendor.example/apt", "/keys/vendor.gpg"),
    ]


def test_the_newer_format_gives_the_mirror_and_its_key():
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    assert list(debian.parse_deb822(STANZAS)) == [Mirror("http://mirror.example/debian", keyring)]


def test_a_key_that_is_written_out_is_kept_whole():
    (mirror,) = debian.parse_deb822(KEY)
    assert mirror.signed_by.splitlines()[1:] == [
        " -----BEGIN PGP PUBLIC KEY BLOCK-----",
        " .",
        " abc=",
    ]


def test_mirrors_come_from_all_files_without_repetition(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text("deb http://a.example/debian sid main\n")
    (tmp_path / "sources.list.d" / "b.list").write_text("deb http://a.example/debian sid main\n")
    (tmp_path / "sources.list.d" / "c.sources").write_text(STANZAS)
    (tmp_path / "sources.list.d" / "c.sources.bak").write_text(KEY)
    assert [mirror.uri for mirror in debian.mirrors(tmp_path)] == [
        "http://a.example/debian",
        "http://mirror.example/debian",
    ]


def test_without_apt_it_is_apt_that_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="apt-get, apt-cache, dpkg-deb missing"):
        debian.unpack(tmp_path / "odoo", tmp_path / "work")
    assert not (tmp_path / "odoo").exists()


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Programs of ours in the place of apt and dpkg, and one mirror."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def write(name, script):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    for name in debian.COMMANDS:
        write(name, "exit 0")
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.setattr(debian, "mirrors", lambda: [Mirror("http://mirror.example/debian")])
    return write


def test_a_mirror_that_does_not_answer_is_quoted(tmp_path, programs):
    programs("apt-get", "echo 'E: Could not resolve mirror.example'; exit 100")
    with pytest.raises(SetupError, match="Could not resolve mirror.example"):
        debian.unpack(tmp_path / "odoo", tmp_path / "work")


def test_a_missing_package_is_named(tmp_path, programs):
    last = "for name; do :; done"
    programs("apt-cache", f'{last}; [ "$name" = fonts-ocr-b ] || echo "Package: $name"')
    with pytest.raises(SetupError, match="has no fonts-ocr-b"):
        debian.unpack(tmp_path / "odoo", tmp_path / "work")
    assert not (tmp_path / "odoo").exists()


def test_a_download_that_breaks_off_shows_how_far_it_came_and_why(tmp_path, programs, capsys):
    programs(
        "apt-get",
        "echo 'dlstatus:1:45.5000:Retrieving file 1 of 9'; echo 'E: The mirror hung up'; exit 100",
    )
    archive = debian.Archive(tmp_path / "work", Mirror("http://mirror.example/debian"))
    with pytest.raises(SetupError, match="whole log is"):
        archive.download(["odoo-19"], tmp_path / "apt.log")
    said = capsys.readouterr()
    assert "downloading, percent: 45 of 100" in said.out
    assert "E: The mirror hung up" in said.err


def test_a_broken_package_is_named(tmp_path, programs, capsys):
    programs("dpkg-deb", "echo 'not a Debian archive'; exit 2")
    with pytest.raises(SetupError, match="b.deb could not be unpacked"):
        debian.extract([tmp_path / "b.deb"], tmp_path, tmp_path / "dpkg.log")
    assert "not a Debian archive" in capsys.readouterr().err


def test_apt_is_told_the_suite_and_nothing_of_the_machine(tmp_path):
    archive = debian.Archive(tmp_path, Mirror("http://mirror.example/debian", "/keys/a.gpg"))
    (source,) = (tmp_path / "parts").iterdir()
    assert source.read_text() == (
        "Types: deb\nURIs: http://mirror.example/debian\nSuites: unstable\nComponents: main\n"
        "Signed-By: /keys/a.gpg\n"
    )
    assert f"Dir::State::Lists={tmp_path / 'lists'}" in archive.options
    assert "Dir::Etc::SourceList=/dev/null" in archive.options


def test_absolute_links_lead_into_the_tree_and_dead_ones_are_told(tmp_path):
    (tmp_path / "usr" / "share").mkdir(parents=True)
    (tmp_path / "usr" / "share" / "font.ttf").touch()
    (tmp_path / "lib").mkdir()
    link, dead = tmp_path / "lib" / "font.ttf", tmp_path / "lib" / "none.ttf"
    link.symlink_to("/usr/share/font.ttf")
    dead.symlink_to("/usr/share/none.ttf")
    assert debian.mend_links(tmp_path) == [dead.relative_to(tmp_path)]
    assert link.resolve() == tmp_path / "usr" / "share" / "font.ttf"
