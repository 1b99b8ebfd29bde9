"""Odoo out of Debian's package archive, unpacked into a folder and not installed. Needs no root.

Debian's unstable suite has the official package of Odoo 19. apt looks at sources, lists and a
cache of our own, so that neither the machine's packages nor its sources change. The mirror is the
one that the machine uses already, with the suite replaced.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import logged
from progress import Progress
from workspace import SetupError, say

SUITE = "unstable"
PACKAGE = "odoo-19"
# What the package's links point to.
LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
# Not in the suite at all times; texts fall back to another font without it.
WELCOME = ("fonts-montserrat",)
# Files that Debian leaves out for their licence and Odoo's bundles name all the same. Each of its
# pages would report an error without them; empty ones do: no video call blurs its background.
LEFT_OUT = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)
ADDONS = Path("usr/lib/python3/dist-packages/odoo/addons")
COMMANDS = ("apt-get", "apt-cache", "dpkg-deb")
APT = Path("/etc/apt")
_TO_INSTALL = re.compile(r"^Inst (\S+)", re.MULTILINE)
# What apt reports of a download: "dlstatus:number:percent:text".
_DOWNLOADED = re.compile(r"^dlstatus:\d+:(\d+)")


@dataclass(frozen=True)
class Mirror:
    """One entry of apt's sources: address, and the key that signs it where one is named."""

    uri: str
    signed_by: str = ""


def parse_one_line(text):
    """Mirrors of the classic format, `deb [options] uri suite component…`."""
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line.startswith("deb "):
            continue
        options, words = "", line[4:].strip()
        if words.startswith("["):
            options, _bracket, words = words[1:].partition("]")
        words = words.split()
        if len(words) < 3:
            continue  # a flat archive names no component
        uri, suite, *components = words
        keys = dict(option.split("=", 1) for option in options.split() if "=" in option)
        yield from _distribution(uri, [suite], components, keys.get("signed-by", ""))


def parse_deb822(text):
    """Mirrors of the newer format: stanzas of `Field: value`."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for stanza in "\n".join(lines).split("\n\n"):
        fields, name = {}, ""
        for line in stanza.splitlines():
            if line[:1].isspace():  # goes on: a key may be written out over many lines
                fields[name] = f"{fields.get(name, '')}\n{line}"
                continue
            name, _colon, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.strip()
        if (
            fields.get("enabled", "yes").lower() == "no"
            or "deb" not in fields.get("types", "").split()
        ):
            continue
        suites, components = fields.get("suites", "").split(), fields.get("components", "").split()
        for uri in fields.get("uris", "").split():
            yield from _distribution(uri, suites, components, fields.get("signed-by", ""))


def _distribution(uri, suites, components, signed_by):
    """The mirror of a whole distribution: security and vendors' archives have no other suites."""
    whole = [suite for suite in suites if suite.isalpha()]
    if "main" in components and whole:
        yield Mirror(uri, signed_by)


def mirrors(folder=APT):
    """The distribution's mirrors in the machine's own apt sources, without repetition."""
    found = []
    for path in [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]:
        parse = {".list": parse_one_line, ".sources": parse_deb822}.get(path.suffix)
        if parse and path.is_file():
            found += parse(path.read_text())
    return list(dict.fromkeys(found))


class Archive:
    """apt with sources, lists and cache in a folder of ours."""

    def __init__(self, folder, mirror):
        self.folder = folder.absolute()
        self.options = self._prepare(mirror)

    def _prepare(self, mirror):
        for name in ("parts", "empty", "lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        signed = f"Signed-By: {mirror.signed_by}\n" if mirror.signed_by else ""
        (self.folder / "parts" / f"{SUITE}.sources").write_text(
            f"Types: deb\nURIs: {mirror.uri}\nSuites: {SUITE}\nComponents: main\n{signed}"
        )
        options = {
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": self.folder / "parts",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": self.folder / "empty",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::State::Status": "/dev/null",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            # Downloads as another user would not reach a folder in somebody's home.
            "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
        }
        return [part for key, value in options.items() for part in ("-o", f"{key}={value}")]

    def _run(self, command, *arguments):
        return subprocess.run(
            [command, *self.options, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def update(self):
        """Read the suite's list of packages; returns what went wrong, empty where nothing did."""
        result = self._run("apt-get", "update", "--error-on=any")
        return "" if result.returncode == 0 else result.stdout.strip()

    def has(self, package):
        result = self._run("apt-cache", "show", "--no-all-versions", package)
        return result.returncode == 0 and result.stdout.startswith("Package:")

    def needed(self, package):
        """The names of a package and of all that it depends on; empty where it cannot be had."""
        plan = self._run("apt-get", "install", "--simulate", "--no-install-recommends", package)
        return _TO_INSTALL.findall(plan.stdout) if plan.returncode == 0 else []

    def download(self, packages, log):
        """The files of packages; log : Path, for what apt writes."""
        progress = Progress()

        def watch(lines):
            for line in lines:
                percent = _DOWNLOADED.search(line)
                if percent:
                    progress("downloading, percent", int(percent[1]), 100)

        command = ["apt-get", *self.options, "-o", "APT::Status-Fd=1", "download", *packages]
        code = logged.follow(command, log, watch, cwd=self.folder)
        progress.close()
        if code:
            logged.show_end(log)
            raise SetupError(
                f"Debian's packages could not be downloaded; the whole log is {log}. Check the "
                "network and the disk, then run the command again."
            )
        return sorted(self.folder.glob("*.deb"))


def unpack(target, folder):
    """Odoo 19 from Debian's archive into a folder; raises a SetupError that says what is missing.

    target : Path, made only when everything is there; folder : Path, for downloads.
    """
    check_commands()
    archive = reachable(folder)
    absent = [package for package in (PACKAGE, *LINKED) if not archive.has(package)]
    if absent:
        raise SetupError(f"Debian's suite {SUITE} at your mirror has no {', '.join(absent)}.")
    welcome = [package for package in WELCOME if archive.has(package)]
    say(f"downloading {PACKAGE} and what it links to from Debian (about 130 MB)")
    logs = folder.parent / "logs"
    files = archive.download([PACKAGE, *LINKED, *welcome], logs / "apt.log")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Unpacked beside and renamed: an interrupted one must not look like a finished one.
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    extract(files, partial, logs / "dpkg.log")
    mend_links(partial)
    for name in LEFT_OUT:
        (partial / ADDONS / name).parent.mkdir(parents=True, exist_ok=True)
        (partial / ADDONS / name).touch()
    partial.rename(target)
    shutil.rmtree(folder)


def check_commands():
    """Raise SetupError where the machine has no apt."""
    missing = [command for command in COMMANDS if not shutil.which(command)]
    if missing:
        raise SetupError(f"{', '.join(missing)} missing: this is not a Debian-like system.")


def extract(files, target, log):
    """Unpack packages into a folder; a SetupError where one is broken or the disk is full."""
    progress = Progress()
    for number, file in enumerate(files):
        progress("unpacking packages", number, len(files))
        if logged.follow(["dpkg-deb", "--extract", file, target], log):
            progress.close()
            logged.show_end(log)
            raise SetupError(
                f"{file.name} could not be unpacked; the whole log is {log}. Check that the disk "
                "has room, then run the command again."
            )
    progress("unpacking packages", len(files), len(files))


def reachable(folder):
    """The archive at the first of the machine's mirrors that carries the suite."""
    known = mirrors()
    if not known:
        raise SetupError(f"{APT} names no mirror of Debian with the component main.")
    problems = []
    for mirror in known:
        shutil.rmtree(folder, ignore_errors=True)
        archive = Archive(folder, mirror)
        problem = archive.update()
        if not problem:
            return archive
        problems.append(problem)
    raise SetupError(
        f"Debian's suite {SUITE} cannot be read from the mirror in your apt sources:\n"
        + "\n".join(problems)
    )


def mend_links(root):
    """Point absolute links, which mean an installed system, into the unpacked tree.

    Returns the links that lead nowhere, relative to root.
    """
    dangling = []
    for path in root.rglob("*"):
        if not path.is_symlink():
            continue
        target = os.readlink(path)
        if target.startswith("/") and (root / target[1:]).exists():
            path.unlink()
            path.symlink_to(os.path.relpath(root / target[1:], path.parent))
        elif not path.exists():
            dangling.append(path.relative_to(root))
    return dangling
