"""A long step says how far it is: a bar where a person looks, few lines where a file keeps them."""

import io

import pytest
from progress import Progress, in_time


class Screen(io.StringIO):
    """A stream that is a terminal or not."""

    def __init__(self, terminal):
        super().__init__()
        self._terminal = terminal

    def isatty(self):
        return self._terminal


class Clock:
    """Seconds, as a test moves them."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def progress_on(terminal):
    screen, clock = Screen(terminal), Clock()
    return Progress(screen, clock), screen, clock


def count_to_the_end(progress, clock, pause):
    for done in range(0, 1001, 10):
        progress("orders", done, 1000)
        clock.now += pause


def test_in_a_file_a_quick_step_is_one_line():
    progress, screen, clock = progress_on(terminal=False)
    count_to_the_end(progress, clock, 0.05)
    assert screen.getvalue() == "» orders: 1000 of 1000, 5 s\n"


def test_in_a_file_a_slow_step_says_a_line_each_ten_seconds_and_the_time_left():
    progress, screen, clock = progress_on(terminal=False)
    count_to_the_end(progress, clock, 0.5)
    assert screen.getvalue().splitlines() == [
        "» orders: 200 of 1000, 40 s left",
        "» orders: 400 of 1000, 30 s left",
        "» orders: 600 of 1000, 20 s left",
        "» orders: 800 of 1000, 10 s left",
        "» orders: 1000 of 1000, 50 s",
    ]


def test_on_a_terminal_the_bar_stays_on_its_line_and_is_there_at_once():
    progress, screen, clock = progress_on(terminal=True)
    progress("orders", 0, 1000)
    assert "░ orders: 0 of 1000" in screen.getvalue()
    count_to_the_end(progress, clock, 0.5)
    *pictures, rest = screen.getvalue().split("\n")
    assert rest == ""
    assert len(pictures) == 1
    last = pictures[0].split("\r")[-1]
    assert last.startswith("» ████████████████████████ orders: 1000 of 1000")


def test_a_terminal_is_not_redrawn_at_each_count():
    progress, screen, clock = progress_on(terminal=True)
    count_to_the_end(progress, clock, 0.01)
    assert screen.getvalue().count("\r") < 10


def test_a_step_without_a_total_ends_the_one_before(capsys):
    progress, screen, _clock = progress_on(terminal=False)
    progress("orders", 30, 1000)
    progress("invoices")
    assert screen.getvalue() == "» orders: 30 of 1000\n"
    assert capsys.readouterr().out == "» invoices\n"
    progress.close()
    assert screen.getvalue().count("\n") == 1


def test_another_step_ends_the_one_before_and_counts_its_own_time():
    progress, screen, clock = progress_on(terminal=False)
    progress("orders", 0, 10)
    clock.now += 5
    progress("trainings", 0, 4)
    clock.now += 2
    progress("trainings", 4, 4)
    assert screen.getvalue() == "» orders: 0 of 10, 5 s\n» trainings: 4 of 4, 2 s\n"


def test_where_the_last_count_never_comes_a_completed_step_says_all():
    progress, screen, _clock = progress_on(terminal=False)
    progress("modules", 44, 45)
    progress.close(complete=True)
    assert screen.getvalue() == "» modules: 45 of 45\n"


def test_a_step_with_nothing_to_do_ends_at_once():
    progress, screen, _clock = progress_on(terminal=True)
    progress("orders", 0, 0)
    assert screen.getvalue().endswith("orders: 0 of 0\033[K\n")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s")]
)
def test_a_duration_is_in_words(seconds, words):
    assert in_time(seconds) == words
