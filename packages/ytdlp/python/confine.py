"""What the kernel is asked to enforce, before the first line of yt-dlp is imported."""
import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG = 1


def confine(parent_pid, max_file_bytes):
    """Ties this process to its worker and bounds what it can write.

    The death signal is lost when the parent died before it was set, hence the second look. Bytes are counted while they
    are downloaded (`progress.py`); the limit here is the last line, for what is written otherwise, and leaves room for
    the container around merged streams. Descriptors stay in this process (PEP 446), so no child keeps a lease.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if max_file_bytes > 0:
        limit = max_file_bytes + max_file_bytes // 50 + 2**20
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
