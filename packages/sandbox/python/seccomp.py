"""Has the kernel decide about each system call of this process, and of all that it starts: Linux's seccomp, through ctypes.

The filter is ready-made for this architecture (`src/system-calls`), since making it here would cost milliseconds.
"""
import ctypes
import os

PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
MODE_FILTER = 2
INSTRUCTION_BYTES = 8


class Program(ctypes.Structure):
    _fields_ = [('length', ctypes.c_ushort), ('instructions', ctypes.c_char_p)]


def read_filter(path):
    """The filter that lies there. Read it before the file goes out of reach."""
    with open(path, 'rb') as file:
        return file.read()


def filter_calls(instructions):
    """Puts a filter in force, for good. The calling thread must be the only one. Raises OSError."""
    program = Program(len(instructions) // INSTRUCTION_BYTES, instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    # Without this a program of another user's could be started outside; the kernel demands it.
    if prctl(PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) != 0:
        raise OSError(ctypes.get_errno(), 'PR_SET_NO_NEW_PRIVS')
    if prctl(PR_SET_SECCOMP, ctypes.c_ulong(MODE_FILTER), ctypes.byref(program)) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
