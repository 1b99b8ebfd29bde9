"""What the exchange tells reaches Odoo, also where Odoo is away for a while."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import exchange_tell
import pytest

WAV = b"RIFF....WAVE"


@pytest.fixture
def odoo(monkeypatch):
    """A server that answers with the codes of a list, then with 200, and keeps what it was sent."""
    for name in ("PAUSE", "SETTLED"):
        monkeypatch.setattr(exchange_tell, name, 0.01)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = self.command, self.path, self.headers["Authorization"], body
            self.server.asked.append(asked)
            self.send_response(self.server.codes.pop(0) if self.server.codes else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_POST  # noqa: N815

        def log_message(self, *arguments):
            """Nothing on the terminal."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.codes = [], []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def tell(odoo, tmp_path):
    """Tell of a call, with words of the command line and how long to be patient."""

    def told(*words, patience=30):
        settings = tmp_path / "odoo.json"
        url = f"http://127.0.0.1:{odoo.server_port}/telephony/event"
        given = {"url": url, "key": "k", "recordings": str(tmp_path), "patience": patience}
        settings.write_text(json.dumps(given))
        exchange_tell.main(settings, *words)
        return odoo.asked

    return told


def test_a_call_is_told_without_what_is_empty(tell):
    ((method, path, key, body),) = tell("call_id=1.2", "parent_id=", "direction=in")
    assert (method, path, key) == ("POST", "/telephony/event", "Bearer k")
    assert json.loads(body) == {"call_id": "1.2", "direction": "in"}


def test_odoo_that_is_away_is_asked_again(odoo, tell):
    odoo.codes[:] = [503, 429]
    assert len(tell("call_id=1.2")) == 3


def test_what_makes_no_sense_is_told_once(odoo, tell, capsys):
    odoo.codes[:] = [400]
    assert len(tell("call_id=1.2")) == 1
    assert "400" in capsys.readouterr().err


def test_a_recording_follows_its_call_and_is_deleted_then(odoo, tell, tmp_path):
    mine, other = tmp_path / "auto-17-1.2.wav", tmp_path / "auto-17-1.23.wav"
    for file in (mine, other):
        file.write_bytes(WAV)
    odoo.codes[:] = [200, 409]
    told = tell("call_id=a/b", "recording=1.2")
    assert [(method, path) for method, path, _key, _body in told[1:]] == [
        ("PUT", "/telephony/recording/a%2Fb")
    ] * 2
    assert told[-1][-1] == WAV
    assert (mine.exists(), other.exists()) == (False, True)


def test_without_consent_the_file_stays_and_it_is_said(odoo, tell, tmp_path, capsys):
    file = tmp_path / "auto-17-1.2.wav"
    file.write_bytes(WAV)
    odoo.codes[:] = [200, 409]
    tell("call_id=1.2", "recording=1.2", patience=0)
    assert file.exists()
    assert "409" in capsys.readouterr().err
