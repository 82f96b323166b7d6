"""Ctrl-C while a day passes: it waits for the day's end, and is not lost."""

import signal
import threading

import pytest

from model.interrupts import ctrl_c_waits


@pytest.fixture(autouse=True)
def listening():
    """Hear Ctrl-C as a terminal's process does, wherever the tests were started."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def day(rest):
    """Press Ctrl-C in the middle of a day."""
    with ctrl_c_waits():
        signal.raise_signal(signal.SIGINT)
        rest()


def test_it_counts_when_the_day_is_over():
    done = []
    with pytest.raises(KeyboardInterrupt):
        day(lambda: done.append("the rest of the day"))
    assert done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_it_counts_though_the_day_fails_and_the_error_is_not_lost():
    with pytest.raises(KeyboardInterrupt) as pressed:
        day(lambda: int("of the day"))
    assert "of the day" in str(pressed.value.__context__)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_of_the_day_comes_out_and_the_handler_is_put_back():
    with pytest.raises(ValueError, match="of the day"), ctrl_c_waits():
        int("of the day")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_has_a_handler_of_his_own_keeps_it():
    heard = []
    signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    with ctrl_c_waits():
        signal.raise_signal(signal.SIGINT)
        assert heard == [signal.SIGINT]


def test_other_threads_pass_days_as_before():
    passed = []

    def quiet_day():
        with ctrl_c_waits():
            passed.append(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

    thread = threading.Thread(target=quiet_day)
    thread.start()
    thread.join()
    assert passed == [True]
