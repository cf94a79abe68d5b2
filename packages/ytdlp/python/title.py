"""What `ps` shows of a forked process: written over the arguments, which it has in common with all others.

Without it nobody could tell which process belongs to which job: all of them are forks of one. Python has no call for it, and the
package that has one is a C extension, which would be one more pinned wheel for each version of Python.
"""
import ctypes


def set_title(text):
    """Shows `text`, cut to the space that the program's own arguments took. Purely for people, so never an error."""
    try:
        start, end = _arguments()
        title = text.encode('utf-8', 'replace')[:end - start - 1]
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, title, len(title))
    except (OSError, ValueError, IndexError):
        return


def _arguments():
    """Where the kernel says they lie; 0 where it does not tell."""
    with open('/proc/self/stat', encoding='utf-8', errors='replace') as file:
        fields = file.read().rpartition(')')[2].split()
    start, end = int(fields[45]), int(fields[46])
    if not 0 < start < end:
        raise ValueError
    return start, end
