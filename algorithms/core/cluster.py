"""A Dask cluster as the engine of ``parallel``: two or two hundred workers behind one address.

The cluster needs none of our code: it is sent there. It needs the libraries in the versions that
run here, or results would differ in ways that nobody could explain: other versions are refused.
Nothing is left on it but that code.
"""

import gc
import threading
import uuid
import warnings
from contextlib import contextmanager

from . import parallel, wire
from .exceptions import ClusterError

CONNECT_SECONDS = 10
# Dask warns of larger parts. Rules of 10M lines send 115 MB each.
LARGE_PART = "1GB"

_beginning = threading.Lock()


@contextmanager
def dask(address):
    """Engine on the Dask cluster whose scheduler is at an address such as tcp://10.0.0.5:8786.

    Raises ClusterError, before anything is computed, where it cannot be used.
    """
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise ClusterError("package", str(error)) from error
    # joblib warns of its own engine for Dask, at each part.
    warnings.filterwarnings("ignore", "`apply_async` is deprecated", DeprecationWarning)
    with (
        parallel.shipped() as (file, there),
        dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE_PART}),
    ):
        try:
            _check_certificate(address)
            with _alone():
                client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError("scheduler", f"{type(error).__name__}: {error}") from error
        try:
            _prepare(client, file, there)
            options = {"backend": "dask", "client": client, "wait_for_workers_timeout": 0}
            yield parallel.Engine(there.answer, **options)
        finally:
            with _alone():
                client.close(timeout=2)


def _check_certificate(address):
    """Raise ClusterError where there is none and the scheduler asks for one: a client without it
    would stay half begun, and wait for its end when it is collected."""
    from distributed.security import Security

    if address.startswith("tls:") and not Security().get_connection_args("client")["ssl_context"]:
        raise ClusterError("certificate", "")


@contextmanager
def _alone():
    """One client of this process at a time begins or ends, and nothing is collected meanwhile.

    Dask holds a lock then which a client that is collected takes too: where the collector comes
    just then, in whatever thread, all of them wait for ever.
    """
    with _beginning:
        collects = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if collects:
                gc.enable()


def _prepare(client, file, there):
    """Send our code to a cluster, and see whether it can run it."""
    if not client.ncores():
        raise ClusterError("workers", "")
    try:
        found = _sent(client, file, there)
    except Exception as error:  # whatever its scheduler or a worker met
        raise ClusterError("code", f"{type(error).__name__}: {error}") from error
    own = wire.versions()
    for worker, versions in found.items():
        for name, wanted in own.items():
            if versions[name] != wanted:
                raise ClusterError("versions", f"{worker}: {name} {versions[name]}, not {wanted}")


def _sent(client, file, there):
    """{worker: its versions}, told by our code, once it is on all of them."""
    _send(client, file, once=True)
    try:
        return client.run(there.versions)
    except Exception:  # another may be sending it this very moment
        _send(client, file, once=False)
        return client.run(there.versions)


def _send(client, file, once):
    """Send an archive, once : where it is not yet. None is ever written anew: no Python can read
    one meanwhile, and from then on it would refuse it for good."""
    from distributed.diagnostics.plugin import SchedulerUploadFile, UploadFile

    for plugin in (SchedulerUploadFile(str(file)), UploadFile(str(file))):
        plugin.idempotent = once
        plugin.filename = f"{file.stem}-{uuid.uuid4().hex}{file.suffix}"
        client.register_plugin(plugin, name=f"{type(plugin).__name__}-{file.stem}")
