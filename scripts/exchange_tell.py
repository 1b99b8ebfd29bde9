"""Tells Odoo of a call, and brings its recordings. Run by the exchange, beside the call.

    python exchange_tell.py SETTINGS NAME=VALUE…

SETTINGS is a file of JSON: {"url": of events, "key": str, "recordings": folder, "patience": s}.
Each NAME=VALUE is part of the event; recording=NAME are files auto-*-NAME.wav of the folder, which
are deleted once Odoo has them. Where Odoo is away, or does not know yet that the client agreed, it
is asked again for as long as patience says; what is refused then stays in the folder.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PAUSE = 2
# Odoo that is away or busy, a call or a consent that it has not been told of yet.
LATER = {404, 409, 429, 500, 502, 503, 504}
TIMEOUT = 60
# A file that has not grown for so long is whole.
SETTLED = 1


def main(path, *values):
    settings = json.loads(Path(path).read_text())
    event = dict(value.split("=", 1) for value in values)
    name = event.pop("recording", "")
    end = time.monotonic() + settings["patience"]
    body = json.dumps({key: value for key, value in event.items() if value}).encode()
    ask(settings, "POST", settings["url"], body, "application/json", end)
    folder = Path(settings["recordings"])
    for file in sorted(folder.glob(f"auto-*-{name}.wav")) if name else ():
        call = urllib.parse.quote(event["call_id"], safe="")
        url = urllib.parse.urljoin(settings["url"], f"recording/{call}")
        if ask(settings, "PUT", url, written(file), "audio/wav", end):
            file.unlink()


def written(file):
    """The bytes of a file that nobody writes any more. file : Path."""
    size = -1
    while size != file.stat().st_size:
        size = file.stat().st_size
        time.sleep(SETTLED)
    return file.read_bytes()


def ask(settings, method, url, body, kind, end):
    """Whether Odoo has taken what it was sent, in the end."""
    headers = {"Authorization": f"Bearer {settings['key']}", "Content-Type": kind}
    while True:
        request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
                return True
        except urllib.error.HTTPError as error:
            said = f"{error.code} {error.read().decode(errors='replace')}"
            later = error.code in LATER
        except OSError as error:
            said, later = str(error), True
        if not later or time.monotonic() > end:
            print(f"{method} {url}: {said}", file=sys.stderr)
            return False
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
