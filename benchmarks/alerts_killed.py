"""The morning's job and the mail queue in a process of their own, killed at a named point."""

import os
import signal
from contextlib import ExitStack
from unittest.mock import patch

from .in_odoo import environment

POINTS = ("before_rows", "before_mails", "before_commit", "before_sending", "after_sending")
# Some are done by then, and some are left.
NUMBER = 7


def morning(registry, point=""):
    """Do the work of a morning; returns the exit code. point : where this process is killed."""
    with environment(registry) as env, ExitStack() as stack:
        for each in patches(env, point):
            stack.enter_context(each)
        env["ai.complaint"]._cron_escalate()
        env["ai.client.alert"]._cron_alert()
        die_if(point == "before_commit")
        env.cr.commit()
        die_if(point == "before_sending")
        env["mail.mail"].process_email_queue()
    return 0


def die_if(condition):
    """As `kill -9` does it: nothing is rolled back, flushed or said."""
    if condition:
        os.kill(os.getpid(), signal.SIGKILL)


def patches(env, point):
    alerts, servers = type(env["ai.client.alert"]), type(env["ir.mail_server"])
    if point == "before_rows":
        yield patch.object(alerts, "_raise_alerts", lambda *_a: die_if(True))
    if point == "before_mails":
        yield patch.object(alerts, "_post", dying(alerts._post))
    if point == "after_sending":
        yield patch.object(servers, "send_email", dying(servers.send_email))


def dying(method):
    """The method, which kills its process once it is done for the n-th time."""
    calls = []

    def called(*arguments, **options):
        result = method(*arguments, **options)
        calls.append(1)
        die_if(len(calls) == NUMBER)
        return result

    return called
