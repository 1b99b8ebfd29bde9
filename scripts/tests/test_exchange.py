"""The exchange of the tours: what it is told, and that what it is told holds no password."""

import hashlib
from pathlib import Path

import exchange_config
import pytest
from workspace import ROOT


@pytest.fixture
def files():
    settings = exchange_config.Settings(
        Path("/f"), Path("/m"), Path("/d"), 8088, (10000, 10200), {"101": "secret"}
    )
    return exchange_config.files(settings)


def test_no_file_holds_a_password(files):
    assert not [name for name, text in files.items() if "secret" in text]
    assert exchange_config.ha1("101", "secret") in files["pjsip.conf"]


def test_it_listens_on_loopback_only(files):
    assert "bindaddr=127.0.0.1\nbindport=8088" in files["http.conf"]
    assert "bind=127.0.0.1" in files["pjsip.conf"]


def test_a_callers_name_cannot_add_lines_to_a_call_file():
    text = exchange_config.call_file("101", "+212661234567", name='x"\nSetvar: a=b\r\n<script>')
    assert len(text.splitlines()) == 7


def test_the_vendored_library_is_the_one_that_is_named():
    folder = ROOT / "static/lib/jssip"
    digest = hashlib.sha256((folder / "jssip.js").read_bytes()).hexdigest()
    assert digest in (folder / "README.md").read_text()
