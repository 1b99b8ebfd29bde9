"""The browser of the tours: the machine's own, else Debian's, unpacked and not installed.

The packages come from the machine's own apt sources, so that Chromium fits its libraries; those
that the machine lacks are unpacked beside. Needs no root: apt keeps its lists in a folder of ours.
"""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from debian import COMMANDS
from workspace import MODULE, SetupError, cache_home, say, write_changed

# As Odoo looks for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# The program without windows starts in a third of the time, and a tour takes a sixth less; older
# releases have only the whole one.
PROGRAMS = ("chromium-headless-shell", "chromium")
COMMON = "chromium-common"
# The loader of the system's C library starts only programs that use this library.
NEVER_BESIDE = ("libc6", "libc-bin")
_TO_INSTALL = re.compile(r"^Inst (\S+)", re.MULTILINE)
# Two libraries keep parts of themselves a floor below.
LIBRARIES = (
    "usr/lib/chromium",
    "lib/*-linux-*",
    "usr/lib/*-linux-*",
    "usr/lib/*-linux-*/nss",
    "usr/lib/*-linux-*/pulseaudio",
)
START_SECONDS = 60
WRAPPER = """\
#!/bin/sh
# Chromium, unpacked: its libraries and fonts are beside it.
root=$(dirname "$(dirname "$(readlink -f "$0")")")
export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="${{FONTCONFIG_FILE:-$root/fonts.conf}}"
exec "$root/usr/lib/chromium/{program}" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{folders}
    <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
# One that Odoo's pages ask for, and that comes with it.
FONT = Path("web", "static", "fonts", "google", "Roboto")


def provide():
    """The folder that holds the browser, for PATH; None, and a line says why, where none is."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found).parent
    root = unpacked()
    try:
        if root.exists():
            write_wrapper(root)  # an earlier version may have made it
        else:
            unpack(root)
    except SetupError as error:
        say(f"no browser, so that all tours are skipped: install Chromium. {error}")
        return None
    return root / "bin"


def unpacked():
    """Where a browser is unpacked."""
    return cache_home() / MODULE / f"headless-{_release()}"


def write_fonts(file, addons_path):
    """Write a file for FONTCONFIG_FILE with which pages look alike on every machine: in the font
    that comes with Odoo, and others of the machine's where that lacks a sign.

    addons_path : Paths of Odoo's addons.
    """
    folders = [path / FONT for path in addons_path] + [unpacked() / "usr" / "share" / "fonts"]
    lines = [f"    <dir>{escape(str(path))}</dir>" for path in folders if path.is_dir()]
    write_changed(file, FONTS.format(folders="\n".join(lines)))


def _release():
    """A word for the system's release: what was unpacked for another one may not start."""
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME", "unknown")
    except OSError:
        return "unknown"


def unpack(root):
    """Make Chromium from the machine's Debian in a folder, whole or not at all.

    Raises SetupError where it cannot be had or does not start.
    """
    missing = [command for command in COMMANDS if not shutil.which(command)]
    if missing:
        raise SetupError(f"{', '.join(missing)} missing: this is not a Debian-like system.")
    partial = root.with_name(f"{root.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        downloads = partial / "downloads"
        say("downloading Chromium for the tours from Debian (about 100 MB, once)")
        for file in Apt(downloads).download():
            subprocess.run(["dpkg-deb", "--extract", file, partial], check=True)
        shutil.rmtree(downloads)
        write_wrapper(partial)
        check_start(partial / "bin" / "chromium")
        partial.rename(root)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


class Apt:
    """apt with the machine's sources and packages, and with lists and a cache of our own."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)

    def download(self):
        """The files of Chromium and of what it needs and the machine lacks."""
        self._run("apt-get", "update")  # a broken source of somebody else is no reason to stop
        wanted = self._wanted()
        answer = self._run("apt-get", "download", *wanted)
        files = sorted(self.folder.glob("*.deb"))
        if len(files) != len(wanted):
            raise SetupError(f"Debian's packages could not be downloaded: {_last_line(answer)}")
        return files

    def _wanted(self):
        """Names of the packages, for the first of the programs that the sources have."""
        for program in PROGRAMS:
            asked = (program, COMMON)
            plan = self._run("apt-get", "install", "--simulate", "--no-install-recommends", *asked)
            wanted = [name for name in _TO_INSTALL.findall(plan) if name not in NEVER_BESIDE]
            if set(asked) <= set(wanted):
                return wanted
        raise SetupError(f"Your apt sources have no Chromium of their own: {_last_line(plan)}")

    def _run(self, command, *arguments):
        options = {
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            "Debug::NoLocking": "1",
            # Downloads as another user would not reach a folder in somebody's home.
            "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
        }
        given = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
        return subprocess.run(
            [command, *given, *arguments],
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout


def _last_line(text):
    return (text.strip().splitlines() or ["apt said nothing"])[-1]


def write_wrapper(root):
    """Write bin/chromium, which starts the unpacked program, and where its fonts are."""
    libraries = sorted({folder for pattern in LIBRARIES for folder in root.glob(pattern)})
    folders = ":".join(f"$root/{folder.relative_to(root)}" for folder in libraries)
    wrapper = root / "bin" / "chromium"
    wrapper.parent.mkdir(exist_ok=True)
    here = [name for name in PROGRAMS if (root / "usr" / "lib" / "chromium" / name).is_file()]
    program = here[0] if here else PROGRAMS[0]
    write_changed(wrapper, WRAPPER.format(libraries=folders, program=program), 0o755)
    fonts = '    <dir prefix="relative">usr/share/fonts</dir>'
    write_changed(root / "fonts.conf", FONTS.format(folders=fonts))


def check_start(program):
    """Raise SetupError, with the reason, where a browser does not show an empty page."""
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        result = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise SetupError(f"{program} shows no page within {START_SECONDS} s.") from error
    if result.returncode or "<html>" not in result.stdout:
        raise SetupError(f"{program} does not start: {_last_line(result.stdout)}")
