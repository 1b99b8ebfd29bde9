import http.server
from dataclasses import replace

import pytest
import smoke
from smoke import Step

from bulk_load.parse import read_sales

# Stops as our scripts do, whatever the shell around lets it ignore.
SERVER = """\
import http.server, os, signal, sys
signal.signal(signal.SIGINT, lambda *_signal: sys.exit({code}))
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({status})
        self.end_headers()
print('up', flush=True)
http.server.HTTPServer(('127.0.0.1', int(os.environ['HTTP_PORT'])), Page).serve_forever()
"""


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Put a script where ours are."""
    monkeypatch.setattr(smoke, "ROOT", tmp_path)
    (tmp_path / "scripts").mkdir()

    def put(text):
        (tmp_path / "scripts" / "one.py").write_text(text)
        return Step("one", ("one.py",))

    return put


@pytest.fixture
def port():
    """One that is free."""
    with http.server.HTTPServer(("127.0.0.1", 0), None) as server:
        return str(server.server_port)


def test_the_file_to_load_is_one_that_the_loader_reads(tmp_path):
    sales = read_sales(smoke.sales_file(tmp_path))
    lines = sales.lines
    assert (sales.rejected, sales.doubts) == ([], [])
    assert len({line.order for line in lines}) == smoke.ORDERS
    assert len(lines) == smoke.ORDERS * 3 // 2


def test_a_failing_command_shows_the_end_of_its_log(tmp_path, capfd, script):
    assert not smoke.run_step(script("print('why'); raise SystemExit(3)"), tmp_path)
    said = capfd.readouterr()
    assert "FAILS  one" in said.out
    assert "one ended with code 3; the whole log is" in said.out
    assert "why" in said.err


def test_a_command_reads_what_is_entered(tmp_path, script):
    assert smoke.run_step(replace(script("print(input())"), entered="hello\n"), tmp_path)
    assert (tmp_path / "one.log").read_text() == "hello\n"


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (200, smoke.STOPPED, ""),
        (500, smoke.STOPPED, "serves /web/login with HTTP Error 500"),
        (200, 1, "ended with code 1 when it was told to stop"),
    ],
)
def test_what_serves_is_asked_for_a_page_and_stopped(
    tmp_path, capfd, script, port, status, code, trouble
):
    step = replace(
        script(SERVER.format(status=status, code=code)), environ={"HTTP_PORT": port}, serves=True
    )
    assert smoke.run_step(step, tmp_path) == (not trouble)
    assert trouble in capfd.readouterr().out
    assert (tmp_path / "one.log").read_text().startswith("up")


def test_what_ends_instead_of_serving_is_a_failure(tmp_path, capfd, script, port):
    step = replace(script("raise SystemExit(5)"), environ={"HTTP_PORT": port}, serves=True)
    assert not smoke.run_step(step, tmp_path)
    assert "ended with code 5 instead of serving" in capfd.readouterr().out


def test_what_neither_serves_nor_says_anything_is_a_failure(
    tmp_path, capfd, monkeypatch, script, port
):
    monkeypatch.setattr(smoke, "SILENT_SECONDS", 1)
    slow = "import time\nfor _each in range(4): print('on it', flush=True); time.sleep(0.4)\n"
    silent = replace(script(f"{slow}time.sleep(60)"), environ={"HTTP_PORT": port}, serves=True)
    assert not smoke.run_step(silent, tmp_path)
    assert "served no page, and has said nothing for 1 s" in capfd.readouterr().out
    assert (tmp_path / "one.log").read_text().count("on it") == 4


def test_nothing_of_the_checkout_is_written(tmp_path):
    written = [part for step in smoke.steps(tmp_path, 8269) for part in step.command[1:]]
    assert [path.name for path in written if path != "--shell"] == ["i18n", "picture.svg"]
    assert all(path.is_relative_to(tmp_path) for path in written if path != "--shell")
