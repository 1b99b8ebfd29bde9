"""The exchange of the tours: a process of its own, clients who call, and what they heard."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import wave
from pathlib import Path

import numpy as np

SCRIPT = "SMART_RECOMMENDER_EXCHANGE"
RATE = 8000
PATIENCE = 20


class RunningExchange:
    """Asterisk on loopback with the extensions 101 to 103; `accounts` has their passwords."""

    def __init__(self):
        if not os.environ.get(SCRIPT):
            raise unittest.SkipTest("there is no exchange here, see the first lines of the run")
        self.folder = Path(tempfile.mkdtemp(prefix="exchange-"))
        self.process = None

    def start(self, port=0):
        command = [sys.executable, os.environ[SCRIPT], "--port", str(port), self.folder / "run"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        told = json.loads(self.process.stdout.readline())
        self.url, self.realm, self.accounts = told["url"], told["realm"], told["accounts"]
        self._console = told["console"]
        return self

    @property
    def port(self):
        return int(re.search(r":(\d+)/", self.url)[1])

    def stop(self):
        """Shut it down; a second time does nothing."""
        if self.process:
            self.process.stdin.close()
            self.process.wait(timeout=60)
            self.process.stdout.close()
            self.process = None

    def kill(self):
        """End Asterisk at once, as a machine does that loses its power."""
        pid = int((self.folder / "run" / "run" / "asterisk.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        self.stop()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)

    def console(self, command):
        result = subprocess.run(
            [*self._console, command], capture_output=True, text=True, check=False
        )
        return result.stdout

    def ring(self, extension, number, **options):
        """A client calls; see exchange_config.call_file."""
        call = {"extension": extension, "number": number, **options}
        self.process.stdin.write(json.dumps(call) + "\n")
        self.process.stdin.flush()

    def wait_registered(self, extension):
        wait_until(lambda: f"{extension}/sip:" in self.console("pjsip show contacts"), extension)

    def wait_talking(self):
        is_up = re.compile(r"^PJSIP/.*!Up!", re.MULTILINE)
        wait_until(lambda: is_up.search(self.console("core show channels concise")), "a call")

    def variable(self, name):
        """A global variable of the dial plan."""
        found = re.search(rf"^ *{name}=(.*)$", self.console("dialplan show globals"), re.MULTILINE)
        return found[1] if found else ""

    def heard(self):
        """Loudness by frequency of what the last client heard, as (frequencies in Hz, power)."""
        with wave.open(self.variable("HEARD")) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            rate = file.getframerate()
        power = np.abs(np.fft.rfft(samples)) ** 2
        return np.fft.rfftfreq(len(samples), 1 / rate), power

    def share_of(self, frequency):
        """Which share of what the last client heard sounds within 20 Hz of a frequency."""
        frequencies, power = self.heard()
        return float(power[abs(frequencies - frequency) < 20].sum() / max(power.sum(), 1))


def wait_until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)


def write_tone(path, frequency, seconds=10):
    """A WAV that a browser takes for what its microphone hears."""
    moments = np.arange(RATE * seconds) / RATE
    samples = (np.sin(2 * np.pi * frequency * moments) * 12000).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
