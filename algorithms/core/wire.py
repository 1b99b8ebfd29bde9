"""This package on other machines: its code travels, and so do the arguments and results of a call.

What computes elsewhere needs Python and the same numpy, scipy, pandas, scikit-learn and joblib, but
neither Odoo nor the addon: the package is shipped as an archive under a name of its own, which
holds a digest of the code, so that two versions never meet. Classes and functions in what is sent
are found under the name that the package has where they arrive.
"""

import hashlib
import io
import pickle
import zipfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version_tuple

# This package here: "algorithms", that of Odoo's addon, or that of an archive.
PACKAGE = __name__.removesuffix(".core.wire")
LIBRARIES = ("joblib", "numpy", "pandas", "scikit-learn", "scipy")


@lru_cache(maxsize=1)
def archive():
    """(name of the package in it, bytes of a zip file); the same for the same code."""
    folder = Path(__file__).parents[1]
    sources = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.py"))
    }
    digest = hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()
    name, buffer = f"smart_recommender_{digest[:12]}", io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, source in sources.items():
            # Its time is always the same: a second copy may take the place of the first.
            packed.writestr(zipfile.ZipInfo(f"{name}/{path}"), source, zipfile.ZIP_DEFLATED)
    return name, buffer.getvalue()


def versions():
    """{library: version} where this runs; Python itself among them."""
    python = ".".join(python_version_tuple()[:2])
    return {"Python": python, **{name: version(name) for name in LIBRARIES}}


def packed(value):
    """Bytes of anything that can be pickled."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked(content, package):
    """What was packed. package : str, the name that this package has where that was done."""
    return _Unpickler(io.BytesIO(content), package).load()


def answer(package, content):
    """Call what was packed, a function and a tuple of its arguments, with one BLAS thread.

    Returns (name of this package, packed result), or None instead of a result where the call
    failed: whoever asked does it again and sees why.
    """
    try:
        function, task = unpacked(content, package)
        return PACKAGE, packed(called(function, task))
    except Exception:  # whatever it is, it is raised again where it can be read
        return PACKAGE, None


def called(function, task):
    """function(*task) with one BLAS thread: sums in another order would differ in the last bits."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return function(*task)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file, package):
        super().__init__(file)
        self.package = package

    def find_class(self, module, name):
        if module == self.package or module.startswith(f"{self.package}."):
            module = PACKAGE + module[len(self.package) :]
        return super().find_class(module, name)
