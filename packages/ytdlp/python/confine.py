"""What the kernel is asked to enforce, before the first line of yt-dlp is run."""
import ctypes
import fcntl
import os
import resource
import select
import signal

PR_SET_PDEATHSIG = 1
# What a JavaScript engine reserves as writable and never touches: with half of this one does not start (measured).
UNUSED_BYTES_MAX = 2**30
# What lies in pipes and sockets is nobody's memory, so their number is bounded. A JavaScript runtime opens less than 100.
# The worker looks for files without a name at no more of them (`packages/sandbox/src/group-usage.ts`).
DESCRIPTORS_MAX = 256
# The filter of system calls knows this number (`checks.ts`), so that nothing copies the descriptor or changes its flags.
CONTROL_DESCRIPTOR = 200


def die_with_parent(parent_pid):
    """Has the kernel kill this process when its parent goes.

    The death signal is lost when the parent died before it was set, hence the second look.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)


def die_with_connection(descriptor):
    """Has the kernel kill this whole process group when the other end of a Unix socket goes.

    For a process whose parent is not its worker: the worker holds the other end and never writes to it again, so that
    its end is the only thing that can happen. This process must not write either, since space to write is an event too.
    The descriptor is moved, and closed on exec, so no child keeps it. What went before this was set is looked for afterwards.
    """
    os.dup2(descriptor, CONTROL_DESCRIPTOR, inheritable=False)
    os.close(descriptor)
    descriptor = CONTROL_DESCRIPTOR
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    if poll.poll(0):
        os._exit(1)


def bound(max_written_bytes, memory_bytes):
    """Bounds what this process can write and how much memory it can have, and who can read it. 0: no limit.

    Bytes are counted while they are downloaded (`progress.py`); the limit here is the last line, for what is written
    otherwise, and leaves space for the container around merged streams. It is the service's own: a client may bound the media,
    and clips of it may still be larger. Memory likewise: the worker measures the whole group four times a second
    (`packages/sandbox/src/consumption.ts`), and this is for what grows faster. Descriptors stay in this process (PEP 446), so
    no child keeps a lease.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY or descriptors > DESCRIPTORS_MAX:
        resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS_MAX, DESCRIPTORS_MAX))
    if max_written_bytes > 0:
        limit = max_written_bytes + max_written_bytes // 50 + 2**20
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if memory_bytes > 0:
        limit = memory_bytes + UNUSED_BYTES_MAX
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
