"""Gives up every privilege of the superuser that Linux knows by a name of its own (capabilities), through ctypes.

For a worker that runs as root, whose jobs would otherwise be root. Where there are none it changes nothing.
"""
import ctypes
import os

PR_CAPBSET_READ, PR_CAPBSET_DROP = 23, 24
# Version 3 of the interface: 64 bits, in two halves of which each has an effective, a permitted and an inheritable set.
VERSION_3 = 0x20080522
CAPABILITIES_MAX = 64


def drop_bound():
    """Empties the bound of what a program that this thread starts could gain.

    Without CAP_SETPCAP it stays as it is; what it would allow needs a new privilege, which `no_new_privs` forbids.
    """
    library = ctypes.CDLL(None, use_errno=True)
    for capability in range(CAPABILITIES_MAX):
        known = library.prctl(PR_CAPBSET_READ, ctypes.c_ulong(capability), *NOTHING)
        if known < 0 or (known == 1 and library.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), *NOTHING) != 0):
            break


def drop_capabilities():
    """Empties this thread's sets, and the bound of what a program that it starts could gain. Raises OSError."""
    drop_bound()
    library = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    # The ambient set goes with the permitted one.
    if library.capset(ctypes.byref(header), ctypes.byref(sets)) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


NOTHING = (ctypes.c_ulong(0),) * 3
