"""One job of yt-dlp: its own command line in, events out. Started cold as a program, or called after a fork (`child.py`).

    python -I -S -B runner.py <settings as JSON> <yt-dlp's arguments> -- <url>

Settings: mode ('info', 'download', 'version', 'platforms'), home (the folder that holds yt_dlp), parentPid (of a program); for jobs
also folder, workerId, maxFileBytes and memoryBytes (0: no limit), and authorityFile (PEM) where further authorities are
trusted; for info also keep (true: tell the record too), for a
download also extraction (a file with the record of an earlier job), and diskRoomBytes and ownerRoomBytes where there is such
a limit; for platforms also javascript (a runtime is there). Exit codes: 0, 1 after an error, 2 for arguments yt-dlp does not
know, 75 where somebody else works in the folder, 130 when interrupted.
"""
import json
import os
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from cage import cage
from confine import bound, die_with_parent
from errors import chain_of
from events import Events, text
from lease import take_lease

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
    bound(settings.get('maxFileBytes', 0), settings.get('memoryBytes', 0))
    if 'folder' in settings and take_lease(settings['folder'], settings['workerId']) is None:
        events.emit('busy')
        return BUSY
    landlock = cage(settings)
    if settings['home'] not in sys.path:
        sys.path.insert(0, settings['home'])
    try:
        code = _work(settings, argv, events, landlock)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 2
    except BaseException as error:
        events.emit('error', message=text(str(error)), chain=chain_of(error))
        code = 1
    events.emit('end', code=code)
    return code


def _work(settings, argv, events, landlock):
    from yt_dlp.version import __version__
    events.emit('started', version=__version__, landlock=landlock)
    if settings['mode'] == 'version':
        # A yt-dlp that the guard does not fit is not used, and this mode is how a worker tries it before any job.
        from guard import refuse_unsafe_downloaders
        refuse_unsafe_downloaders()
        return 0
    if settings['mode'] == 'platforms':
        from platforms import platforms
        events.emit('platforms', platforms=platforms(settings['javascript']))
        return 0
    if 'authorityFile' in settings:
        from authorities import trust
        trust(settings['authorityFile'])
    from job import download, inform
    return {'info': inform, 'download': download}[settings['mode']](settings, argv, events)


if __name__ == '__main__':
    given = json.loads(sys.argv[1])
    die_with_parent(given['parentPid'])
    # Nothing is left to tidy, and taking the interpreter down in an orderly way costs time.
    os._exit(main(given, sys.argv[2:]))
