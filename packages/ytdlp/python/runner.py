"""One job of yt-dlp: its own command line in, events out. Started cold as a program, or called after a fork (`child.py`).

    python -I -S -B runner.py <the worker's pid> <anything: space for a title>

The worker writes one line of JSON to descriptor 4 (`settings`, and `argv` for yt-dlp); the end of that connection ends this
program. Settings: user (`own_user.py`; without it the job has the worker's user), mode ('info', 'download', 'transcript', 'transcode', 'version', 'platforms', 'probe', 'check', 'prepare', 'find'), home (the folder that holds yt_dlp), sandbox (what
`sandbox.py` needs); for jobs also cookies (`cookies.py`), folder, workerId, maxFileBytes (of the media), maxWrittenBytes (of any file) and memoryBytes (0: no limit), and authorityFile (PEM) where
further authorities are trusted, and legacyTls (true: servers of old TLS are taken); for info also keep (true: tell the record too), for a transcript also captions (`captions.py`), for a download also beside (`beside.py`), extraction (a file with
the record of an earlier job), and diskFreeBytes and ownerFreeBytes where there is such a limit; for transcode also transcode (`transcode.py`); for platforms also javascript
(a runtime is there); for a probe also probe (`probe.py`); for a check and for prepare also deno (its path, or null); for jobs and a check also tokenAddress (`tokens.py`). Jobs may have players and values too (`kept.py`); find has value (`find_value.py`), and what a job has of its place. Exit codes: 0, 1 after an error, 2 for arguments yt-dlp does not
know, 75 where somebody else works in the folder, 130 when interrupted.
"""
import os
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from sandbox import enter_sandbox
from confine import bound, die_with_connection, die_with_parent
from errors import chain_of
from events import Events, text
from lease import take_lease
from order import ORDER_DESCRIPTOR, receive_order
from own_user import become
from title import set_title

EVENTS_DESCRIPTOR = 3
BUSY = 75
INTERRUPTED = 130


def main(settings, argv):
    """Does one job in this process, which already dies with its worker, and returns its exit code.

    Nothing of yt-dlp runs before it is bounded.
    """
    events = Events(EVENTS_DESCRIPTOR)
    # Waiting fragments and open sockets would delay an orderly end by seconds. What is on disk can be continued.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    bound(settings.get('maxWrittenBytes', 0), settings.get('memoryBytes', 0))
    if 'folder' in settings and take_lease(settings['folder'], settings['workerId']) is None:
        events.emit('busy')
        return BUSY
    try:
        sandbox = enter_sandbox(settings)
        # Only now, and behind our own folder: a module of the home that is called like one of ours would run in its stead.
        if settings['home'] not in sys.path:
            sys.path.insert(1, settings['home'])
        code = _work(settings, argv, events, sandbox)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 2
    except BaseException as error:
        events.emit('error', message=text(str(error)), chain=chain_of(error))
        code = 1
    events.emit('end', code=code)
    return code


def _work(settings, argv, events, sandbox):
    from yt_dlp.version import __version__
    events.emit('started', version=__version__, ownUser='user' in settings, **sandbox)
    if settings['mode'] == 'check':
        from self_check import self_check
        events.emit('check', **self_check(settings, argv[:-2]))
        return 0
    if settings['mode'] in ('version', 'info', 'download', 'transcript', 'find'):
        from patches import check_patches
        check_patches()
    if settings['mode'] == 'version':
        # A yt-dlp that the guard does not fit is not used, and this mode is how a worker tries it before any job.
        from guard import refuse_unsafe_downloaders
        refuse_unsafe_downloaders()
        return 0
    if settings['mode'] == 'platforms':
        from platforms import platforms
        events.emit('platforms', platforms=platforms(settings['javascript']))
        return 0
    if settings['mode'] == 'prepare':
        from prepare import prepare
        prepare(settings['folder'], settings['deno'])
        return 0
    if settings['mode'] == 'probe':
        from probe import attempts
        events.emit('probe', attempts=attempts(settings['probe']))
        return 0
    if settings['mode'] == 'transcode':
        from transcode import transcode
        return transcode(settings, argv, events)
    from authorities import take_old_tls, trust
    trust(settings.get('authorityFile'))
    if settings.get('legacyTls'):
        take_old_tls()
    if settings['mode'] == 'find':
        from find_value import find_value
        return find_value(settings, argv, events)
    from download_job import download
    from job import inform, transcribe
    return {'info': inform, 'download': download, 'transcript': transcribe}[settings['mode']](settings, argv, events)


if __name__ == '__main__':
    die_with_parent(int(sys.argv[1]))
    order = receive_order(ORDER_DESCRIPTOR)
    if order is None:
        os._exit(1)
    try:
        become(order['settings'].get('user'))
    except OSError as error:
        # For the log: a user that the kernel does not give, or one to whom something is out of reach.
        sys.stderr.write(f'A job has no user of its own here: {error}\n')
        os._exit(1)
    # The kernel has forgotten it with the change of the user.
    die_with_parent(int(sys.argv[1]))
    die_with_connection(ORDER_DESCRIPTOR)
    set_title(f"yt-dlp {order['settings']['mode']} {os.getcwd()}")
    # Nothing is left to tidy, and taking the interpreter down in an orderly way costs time.
    os._exit(main(order['settings'], order['argv']))
