"""Keeps yt-dlp imported and ready, and forks a process for each job. It makes no request itself and has one thread.

    python -I -S -B zygote.py <anything: space for a title>

Standard input: first one line of JSON (home, parentPid, socket, token, argv, downloadArgv, ffmpegLocation,
authorityFile or null, legacyTls, sandbox), then a line for each
process that is wanted: `now`, for a job that waits, or `ahead`, for one to come. Its end is our end. Descriptor 3 gets
`ready` once. Exit code 75: there is a second thread, so a fork would copy half of what it does.
"""
import gc
import json
import os
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import runner
from confine import die_with_parent
from title import set_title

# The children's program, with all that puts a job into its sandbox: before the home is within reach (`main`).
assert runner

READY_DESCRIPTOR = 3
SECOND_THREAD = 75


def main():
    orders = _lines(0)
    settings = json.loads(next(orders))
    die_with_parent(settings['parentPid'])
    os.umask(0o077)
    set_title('yt-dlp zygote')
    # All that puts a job into its sandbox is loaded before the home is within reach: a module there that is called like one
    # of ours would replace it.
    if settings['sandbox'] is not None:
        _load_sandbox(settings['sandbox'])
    sys.path.insert(1, settings['home'])
    # Through this it can be reached without a name. So the name goes, and a killed worker leaves no litter behind.
    fork_socket = os.open(settings['socket'], os.O_PATH)
    os.unlink(settings['socket'])
    os.rmdir(os.path.dirname(settings['socket']))

    from patches import check_patches
    check_patches()
    from child import attend
    from preheat import preheat
    from authorities import take_old_tls, trust
    trust(settings['authorityFile'])
    if settings['legacyTls']:
        take_old_tls()
    preheat(settings['argv'], settings['downloadArgv'], settings['ffmpegLocation'])
    # Children are collected by the kernel; their ends are seen by the worker.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    os.write(READY_DESCRIPTOR, b'ready\n')
    for order in orders:
        if len(os.listdir('/proc/self/task')) != 1:
            return SECOND_THREAD
        if os.fork() == 0:
            try:
                attend(fork_socket, settings['token'], settings['argv'], ahead=order == b'ahead')
            finally:
                # A child must never go on with what is the zygote's.
                os._exit(1)
    return 0


def _load_sandbox(folder):
    """Compiles once what every job needs; it is put in force in the job alone."""
    sys.path.append(folder)
    import capabilities, landlock, seccomp
    assert capabilities and landlock and seccomp


def _lines(descriptor):
    rest = b''
    while chunk := os.read(descriptor, 65536):
        *lines, rest = (rest + chunk).split(b'\n')
        yield from lines


if __name__ == '__main__':
    os._exit(main())
