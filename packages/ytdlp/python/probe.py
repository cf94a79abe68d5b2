"""Tries what a job must not be able to do, one attempt after the other, in a process of its own each. Runs inside the sandbox.

Nothing here does harm where it succeeds: what is aimed at others aims at what the prober has put up for it.
"""
import errno
import os

from probe_table import ATTEMPTS

REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTTY}


def attempts(given):
    """A list of `{area, what, refused}`. `given`: port (a listener that is not the proxy), socket and secret (paths of a Unix
    listener and of a file outside), victim (a process outside), and numbers (of system calls, by name)."""
    return [{'area': area, 'what': what, 'refused': _is_refused(attempt, given)}
            for area, what, attempt in ATTEMPTS if attempt is not None]


def _is_refused(attempt, given):
    """Whether the attempt met a refusal. Another error means that it was let through, and led to nothing."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            attempt(given)
            code = 0
        except OSError as error:
            code = 1 if error.errno in REFUSALS else 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 2:
        raise RuntimeError('An attempt of the probe is broken.')
    # One that died of a signal met a call that this processor does not have.
    return code != 0
