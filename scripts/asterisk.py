"""Asterisk out of Debian's suite unstable, unpacked into the cache and not installed. No root."""

import shutil
from pathlib import Path

import debian
from workspace import MODULE, RUN, SetupError, cache_home, say

PACKAGE = "asterisk"
PROGRAM = Path("usr/sbin/asterisk")
LIBRARIES = ("usr/lib/*-linux-gnu", "lib/*-linux-gnu", "usr/lib/*-linux-gnu/asterisk")
LOADERS = (
    "usr/lib/*-linux-gnu/ld-linux-*.so.*",
    "lib*/ld-linux-*.so.*",
    "usr/lib*/ld-linux-*.so.*",
)


def provide():
    """The folder of Asterisk, or None, and a line says why, where there is none."""
    root = unpacked()
    try:
        if not root.exists():
            unpack(root)
    except SetupError as error:
        say(f"no exchange, so that the tours of the telephone are skipped. {error}")
        return None
    return root


def unpacked():
    """Where Asterisk is unpacked."""
    return cache_home() / MODULE / f"asterisk-{debian.SUITE}"


def unpack(root):
    """Make Asterisk in a folder, whole or not at all; raises SetupError where it cannot be had."""
    debian.check_commands()
    downloads = RUN / "asterisk-packages"
    archive = debian.reachable(downloads)
    packages = archive.needed(PACKAGE)
    if not packages:
        raise SetupError(f"Debian's suite {debian.SUITE} at your mirror has no {PACKAGE}.")
    say("downloading Asterisk for the telephone from Debian (about 85 MB, once)")
    files = archive.download(packages, RUN / "logs" / "asterisk-apt.log")
    partial = root.with_name(f"{root.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    debian.extract(files, partial, RUN / "logs" / "asterisk-dpkg.log")
    command(partial)
    partial.rename(root)
    shutil.rmtree(downloads)


def command(root):
    """What starts the unpacked program with the libraries that came with it. root : Path."""
    loaders = [path for pattern in LOADERS for path in sorted(root.glob(pattern))]
    libraries = [str(path) for pattern in LIBRARIES for path in sorted(root.glob(pattern))]
    if not loaders or not (root / PROGRAM).is_file():
        raise SetupError(f"{root} holds no whole Asterisk: remove it and run the command again.")
    return [loaders[0], "--library-path", ":".join(libraries), root / PROGRAM]


def modules(root):
    """The folder of Asterisk's own modules. root : Path."""
    return next(root.glob("usr/lib/*/asterisk/modules"))
