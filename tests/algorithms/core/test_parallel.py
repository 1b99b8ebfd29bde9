"""Parts give the same bits here, in processes and on a Dask cluster, whoever dies meanwhile."""

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import count

import numpy as np
import pytest

from algorithms.core import cluster, parallel, wire
from algorithms.core.exceptions import ClusterError, InsufficientDataError
from algorithms.rating.ratings import Ratings
from algorithms.rating.training import check_enough
from algorithms.replenishment.policy_comparison import PolicySettings, Supply, compare_policies
from benchmarks.demand_made import made_panel

DASK = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask is not installed"
)
PANEL = made_panel(60, 200)
SUPPLY, SETTINGS = Supply(7.0, 3.0), PolicySettings()


def tasks(parts=12):
    """Replays of a few products, each with its own random lead times."""
    for number in range(parts):
        rows = slice(5 * number, 5 * number + 5)
        yield PANEL.take(rows), SUPPLY, SETTINGS, np.random.default_rng(number)


def replays(engine=None):
    """Bytes of all results, the class among them."""
    with parallel.using(engine):
        return list(map(bits, parallel.each(compare_policies, tasks())))


def bits(comparison):
    arrays = [comparison.rop_days, comparison.rop_service, comparison.start, comparison.filled]
    for replay in (comparison.by_days, comparison.by_service):
        arrays += vars(replay).values()
    return type(comparison), *(np.asarray(each).tobytes() for each in arrays)


@pytest.fixture(scope="module")
def here():
    return replays()


@pytest.fixture
def running(tmp_path):
    from dask_cluster import cluster as started

    with started(tmp_path) as (address, workers):
        yield address, workers


def test_without_an_engine_parts_are_made_one_at_a_time():
    made = count()
    results = parallel.each(abs, ((-next(made),) for _ in range(5)))
    assert (next(results), next(results), next(made)) == (0, 1, 2)
    assert parallel.at_once() == 1


def test_processes_give_the_same(here):
    with parallel.processes(2) as engine:
        assert replays(engine) == here
    assert (engine.parts, engine.lost) == (12, "")


def test_errors_of_a_part_are_those_of_the_part():
    few = Ratings(*(np.array([1]) for _ in range(3)))
    with (
        parallel.processes(2) as engine,
        parallel.using(engine),
        pytest.raises(InsufficientDataError, match="1 found, 50 needed"),
    ):
        list(parallel.each(check_enough, [(few,)]))


def test_an_engine_that_is_lost_leaves_the_rest_to_this_machine(here):
    class Lost(parallel.Engine):
        def _answers(self, function, tasks):
            if self.parts:
                self.options["backend"] = "no such backend"
            return super()._answers(function, tasks)

    with parallel.shipped() as (_file, there):
        engine = Lost(there.answer, backend="threading", n_jobs=2)
        assert replays(engine) == here
    assert engine.parts == 4
    assert "no such backend" in engine.lost
    assert engine.width() == 1


def test_the_archive_is_the_same_for_the_same_code():
    first = wire.archive()
    wire.archive.cache_clear()
    assert wire.archive() == first


@DASK
def test_a_cluster_that_does_not_answer_is_refused_before_anything_is_computed(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.2)
    with pytest.raises(ClusterError) as refused, cluster.dask("tcp://127.0.0.1:9"):
        pass
    assert refused.value.cause == "scheduler"


@pytest.fixture
def certificates(tmp_path, monkeypatch):
    """Certificates of scheduler, workers and client, in files that the environment names.

    Returns a function that takes those of a client away.
    """
    import dask
    from distributed.security import Security

    made = Security.temporary()
    files = {"ca-file": made.tls_ca_file}
    for role in ("scheduler", "worker", "client"):
        files[f"{role}__cert"] = getattr(made, f"tls_{role}_cert")
        files[f"{role}__key"] = getattr(made, f"tls_{role}_key")
    for name, text in files.items():
        file = tmp_path / f"{name}.pem"
        file.write_text(text)
        variable = f"DASK_DISTRIBUTED__COMM__TLS__{name.upper().replace('-', '_')}"
        monkeypatch.setenv(variable, str(file))

    def take_away():
        monkeypatch.delenv("DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT")
        monkeypatch.delenv("DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY")
        dask.config.refresh()

    dask.config.refresh()
    yield take_away
    monkeypatch.undo()
    dask.config.refresh()


@DASK
def test_a_cluster_with_certificates_takes_who_has_one(here, certificates, tmp_path):
    from dask_cluster import cluster as started

    with started(tmp_path, protocol="tls") as (address, _workers):
        assert address.startswith("tls://")
        with cluster.dask(address) as engine:
            assert replays(engine) == here
            assert (engine.parts, engine.lost) == (12, "")
        certificates()
        with pytest.raises(ClusterError) as refused, cluster.dask(address):
            pass
        assert refused.value.cause == "certificate"


def test_a_server_without_dask_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError) as refused, cluster.dask("tcp://127.0.0.1:9"):
        pass
    assert refused.value.cause == "package"


@DASK
def test_a_cluster_gives_the_same_and_a_killed_worker_costs_time_alone(here, running, monkeypatch):
    address, workers = running
    with cluster.dask(address) as engine:
        assert replays(engine) == here
        assert (engine.parts, engine.width(), engine.lost) == (12, 4, "")
        with parallel.using(engine):
            found = []
            for result in parallel.each(compare_policies, tasks()):
                found.append(bits(result))
                if len(found) == 2:
                    workers[0].kill()
        assert found == here
        assert (engine.parts, engine.lost) == (24, "")
        # Nobody is left: what they owe is computed here.
        monkeypatch.setattr(parallel, "PATIENCE_SECONDS", 0.5)
        with parallel.using(engine):
            found = []
            for result in parallel.each(compare_policies, tasks()):
                found.append(bits(result))
                if len(found) == 2:
                    workers[1].kill()
        assert found == here
        assert engine.lost
    with pytest.raises(ClusterError) as refused, cluster.dask(address):
        pass
    assert refused.value.cause == "workers"


@DASK
def test_other_versions_of_the_libraries_are_refused(running, monkeypatch):
    address, _workers = running
    monkeypatch.setattr(wire, "versions", lambda: {"numpy": "0.1"})
    with pytest.raises(ClusterError) as refused, cluster.dask(address):
        pass
    assert refused.value.cause == "versions"
    assert "numpy" in refused.value.detail


@DASK
def test_many_connect_at_once_and_later_and_the_code_is_sent_once(running):
    address, _workers = running

    def connected(_number):
        with cluster.dask(address) as engine:
            return engine.width()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(connected, range(24))) == [4] * 24
    from distributed import Client

    def forget_archives():
        """As a scheduler that has read an archive while it was written anew."""
        import zipimport

        zipimport._zip_directory_cache.clear()

    with Client(address, set_as_default=False) as client:
        client.run_on_scheduler(forget_archives)
    assert connected(0) == 4


@DASK
def test_a_cluster_that_takes_no_code_is_refused(running, monkeypatch, tmp_path):
    address, _workers = running
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"no archive")
    monkeypatch.setattr(parallel, "shipped", lambda: nullcontext((damaged, wire)))
    with pytest.raises(ClusterError) as refused, cluster.dask(address):
        pass
    assert refused.value.cause == "code"
