"""A process forked from the zygote: gets ready, waits for one job, does it as if it had been started for it."""
import os
import random
import signal
import socket
import tempfile

from yt_dlp.utils.networking import random_user_agent, std_headers

from confine import die_with_connection
from order import receive_order
from own_user import become
from preheat import rehearse
from runner import EVENTS_DESCRIPTOR, main
from title import set_title

STANDARD = (0, 1, 2)


def attend(fork_socket, token, argv, ahead):
    """Returns only where there is no job for it, or no worker any more.

    `fork_socket` is a descriptor of the worker's listening socket; `ahead` says that no job waits for it yet.
    """
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    set_title('yt-dlp waits for a job')
    if ahead:
        # Before the connections are made: whoever is connected is ready.
        rehearse(argv)
    control = _connect(fork_socket, token)
    job = receive_order(control.fileno())
    if job is not None:
        become(job['settings'].get('user'))
        die_with_connection(control.detach())
        _take_on(job)
        os._exit(main(job['settings'], job['argv']))


def _connect(fork_socket, token):
    """One connection each for events, for standard error, and for control, which says who we are and owns us.

    All other descriptors are closed, and the three lie where a program that was started would find them.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in STANDARD[:2]:
        os.dup2(null, descriptor)
    events, diagnostics, control = (_call(fork_socket, f'{token} {os.getpid()} {role}')
                                    for role in ('events', 'diagnostics', 'control'))
    os.dup2(diagnostics.fileno(), 2)
    os.dup2(events.fileno(), EVENTS_DESCRIPTOR, inheritable=False)
    for each in (events, diagnostics):
        each.close()
    keep = {*STANDARD, EVENTS_DESCRIPTOR, control.fileno()}
    for name in os.listdir('/proc/self/fd'):
        if int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:
                # The listing's own descriptor.
                continue
    return control


def _call(fork_socket, greeting):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(f'/proc/self/fd/{fork_socket}')
    connection.sendall(greeting.encode('ascii') + b'\n')
    return connection


def _take_on(job):
    """Takes on what a started program would be given, and lets go of what all children of the zygote share."""
    set_title(f"yt-dlp {job['settings']['mode']} {job['cwd']}")
    os.environ.clear()
    os.environ.update(job['env'])
    os.chdir(job['cwd'])
    tempfile.tempdir = None
    random.seed()
    # yt-dlp picks one when it is imported.
    std_headers['User-Agent'] = random_user_agent()
