"""The addon as a series wants it: the checkout itself for 17.0, a generated tree for 19.0.

The 17.0 sources are the truth. For 19.0 they are copied, rewritten by Odoo's own `upgrade_code`,
and then by the short list in :mod:`port_rules` for what that leaves.
"""

import os
import shutil
import subprocess

import port_rules
from series import FIRST
from workspace import MODULE, ROOT, SetupError, digest, say

NOT_ADDON = ("node_modules", "scripts", "benchmarks", "__pycache__")


def parts(root=ROOT):
    """What belongs to the addon, by name."""
    return {
        part.name: part
        for part in root.iterdir()
        if not part.name.startswith(".") and part.name not in NOT_ADDON
    }


def provide(series, source):
    """Show the addon to Odoo under its technical name, whatever the checkout's folder is called."""
    if series == FIRST:
        link(series.addons / MODULE)
    else:
        build(series, source)


def link(addon):
    """Link each part of the checkout by itself.

    A link to the checkout as a whole would contain itself, and Odoo would follow it for ever when
    it looks for terms to translate.
    """
    addon.mkdir(parents=True, exist_ok=True)
    wanted = parts()
    # Only differences are touched: a demo may be serving from these links.
    for path in addon.iterdir():
        if wanted.get(path.name) != path.readlink():
            path.unlink()
    for name, part in wanted.items():
        if not (addon / name).is_symlink():
            (addon / name).symlink_to(part)


def build(series, source):
    """Generate the tree of another series where the sources or the rules have changed."""
    stamp = series.folder / "built"
    wanted = digest(*parts().values(), *(ROOT / "scripts").glob("*.py"))
    if stamp.is_file() and stamp.read_text() == wanted and series.addons.is_dir():
        return
    say(f"generating the addon for Odoo {series.name} in {series.addons}")
    fresh = series.folder / "addons.partial"
    shutil.rmtree(fresh, ignore_errors=True)
    copy(fresh / MODULE)
    upgrade_code(series, source, fresh)
    port_rules.apply(fresh / MODULE)
    replace(series.addons, fresh)
    stamp.write_text(wanted)


def copy(addon):
    addon.mkdir(parents=True)
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name, part in parts().items():
        if part.is_dir():
            shutil.copytree(part, addon / name, ignore=ignore)
        else:
            shutil.copy2(part, addon / name)


def upgrade_code(series, source, addons):
    """Odoo's own rewriter; the glob keeps it from Odoo's own addons, which it would read too."""
    command = [series.python, "-m", "odoo", "upgrade_code", "--from", FIRST.name]
    command += ["--to", series.name, "--addons-path", addons, "--glob", f"{MODULE}/**/*"]
    result = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(source.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # It ends with 1 where it rewrote something.
    if result.returncode not in (0, 1) or "Traceback" in result.stdout:
        raise SetupError(f"Odoo's upgrade_code failed:\n{result.stdout}")


def provide_benchmarks(series):
    """The folder whose `benchmarks` run on a series: they go by the same rules as the addon."""
    if series == FIRST:
        return ROOT
    folder = series.folder / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        ROOT / "benchmarks", folder / "benchmarks", ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "algorithms").symlink_to(ROOT / "algorithms")
    port_rules.apply(folder)
    return folder


def replace(old, new):
    """Put a finished tree in the place of an older one."""
    aside = old.with_name(f"{old.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)
