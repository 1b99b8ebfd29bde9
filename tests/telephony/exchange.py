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
import psutil

SCRIPT = "SMART_RECOMMENDER_EXCHANGE"
TELLER = "exchange_tell.py"
RATE = 8000
# Half of what is taken for one tone, in Hz.
BAND = 20
PATIENCE = 60
RING_SECONDS = 3


class RunningExchange:
    """Asterisk on loopback with the extensions 101 to 103; `accounts` has their passwords.

    told_to : (address of Odoo for events, key), or nothing
    """

    def __init__(self, told_to=()):
        if not os.environ.get(SCRIPT):
            raise unittest.SkipTest("there is no exchange here, see the first lines of the run")
        self.folder = Path(tempfile.mkdtemp(prefix="exchange-"))
        self.process = None
        self.options = ["--ring", str(RING_SECONDS)]
        if told_to:
            # One word each: a key may begin with a dash.
            self.options += [f"--event-url={told_to[0]}", f"--key={told_to[1]}"]

    def start(self, port=0):
        """Start it. A port that was free may be taken meanwhile: then once more, on another."""
        told = self._start(port)
        if not told and not port:
            self.stop()
            told = self._start(port)
        if not told:
            self.stop()
            raise AssertionError(f"the exchange did not start: {self._said.read_text()}")
        told = json.loads(told)
        self.url, self.realm, self.accounts = told["url"], told["realm"], told["accounts"]
        self._console = told["console"]
        return self

    def _start(self, port):
        """What its process tells of it; empty where it did not start."""
        command = [sys.executable, os.environ[SCRIPT], "--port", str(port), *self.options]
        self._said = self.folder / "said"
        with self._said.open("w") as file:
            self.process = subprocess.Popen(
                [*command, self.folder / "run"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )
        return self.process.stdout.readline()

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
        wait_until(lambda: is_up.search(self._channels()), "a call")

    def wait_ringing(self):
        wait_until(lambda: "!Ringing!" in self._channels(), "a call that rings")

    def end_all(self):
        """Whoever still talks hangs up, Odoo is told of all calls, browsers are forgotten."""
        self.hang_up_all()
        self.console("database deltree registrar")
        wait_until(lambda: not self._channels().strip(), "the end of all calls")
        wait_until(lambda: not self._tellers(), "what the exchange tells")

    def _tellers(self):
        """Processes that tell Odoo what happened on this exchange."""
        mine = str(self.folder)
        commands = [each.info["cmdline"] or () for each in psutil.process_iter(["cmdline"])]
        return [
            command
            for command in commands
            if TELLER in (text := " ".join(command)) and mine in text
        ]

    def _channels(self):
        return self.console("core show channels concise")

    def variable(self, name):
        """A global variable of the dial plan."""
        found = re.search(rf"^ *{name}=(.*)$", self.console("dialplan show globals"), re.MULTILINE)
        return found[1] if found else ""

    def hang_up_all(self):
        """Whoever is in a call hangs up."""
        self.console("channel request hangup all")

    def share_of(self, frequency):
        """Which share of what the last client heard sounds at a frequency."""
        return share_of(self.variable("HEARD"), frequency)


def share_of(sound, frequency):
    """Which share of the power of a WAV is within 20 Hz of a frequency. sound : path."""
    frequencies, power = _spectrum(sound)
    return float(power[abs(frequencies - frequency) < BAND].sum() / max(power.sum(), 1))


def prominence_of(sound, frequency):
    """How many times louder than most others the band around a frequency is in a WAV.

    sound : a file that is open
    """
    frequencies, power = _spectrum(sound)
    centres = np.arange(BAND, frequencies[-1], 2 * BAND)
    band_of = [power[abs(frequencies - centre) < BAND].sum() for centre in centres]
    own = power[abs(frequencies - frequency) < BAND].sum()
    return float(own / max(np.median(band_of), 1))


def _spectrum(sound):
    """Frequencies of a WAV in Hz, and the power at each."""
    with wave.open(sound) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        rate = file.getframerate()
    return np.fft.rfftfreq(len(samples), 1 / rate), np.abs(np.fft.rfft(samples)) ** 2


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
