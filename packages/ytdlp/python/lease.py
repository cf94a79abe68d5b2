"""Who works in a job's folder: a lock that dies with its holder, and a note that says who that is."""
import fcntl
import json
import os


def take_lease(folder, worker_id):
    """Locks `<folder>/lease` for the life of this process. Returns its descriptor, or None where another holds it.

    The note lets a sweeper signal the recorded process group only where boot, pid namespace and start time all match:
    folders may lie on a disk that several containers share, where a bare pid means nothing.
    """
    descriptor = os.open(os.path.join(folder, 'lease'), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    note = {
        'workerId': worker_id,
        'bootId': _first_line('/proc/sys/kernel/random/boot_id'),
        'pidNamespace': os.stat('/proc/self/ns/pid').st_ino,
        'pid': os.getpid(),
        'startTime': _start_time(),
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(note).encode('ascii') + b'\n', 0)
    return descriptor


def _first_line(path):
    with open(path, encoding='ascii') as file:
        return file.readline().strip()


def _start_time():
    """Clock ticks after boot. The name before it may hold spaces and parentheses, so counting begins behind the last."""
    with open('/proc/self/stat', encoding='utf-8', errors='replace') as file:
        return int(file.read().rpartition(')')[2].split()[19])


def _is_held(folder):
    """Tries the lock without waiting; the kernel lets go of it again when this process ends."""
    try:
        descriptor = os.open(os.path.join(folder, 'lease'), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


if __name__ == '__main__':
    import sys

    sys.exit(75 if _is_held(sys.argv[1]) else 0)
