"""Makes this process a user of the job's own, who owns nothing but the job's folder and has no privilege.

    python -I -S own_user.py <uid> <modules>     ends every process of that user, itself last

`modules`: the folder of `capabilities.py`.
"""
import os
import resource
import signal
import sys

# Processes and threads of the user. The worker ends a job that has more than 64 or 512 of them
# (`packages/sandbox/src/consumption.ts`); this is for what grows faster than it looks.
TASKS_MAX = 576


def become(user):
    """`user`: uid, modules, and reach: paths that must be within its reach. None: stay.

    Before anything that the kernel remembers of a process by its user: signals of a parent's end and of a descriptor are
    forgotten here, or would not be allowed later. Raises OSError.
    """
    if user is None:
        return
    sys.path.append(user['modules'])
    from capabilities import drop_bound, drop_capabilities
    sys.path.remove(user['modules'])
    drop_bound()
    _, hard = resource.getrlimit(resource.RLIMIT_NPROC)
    tasks = TASKS_MAX if hard == resource.RLIM_INFINITY else min(hard, TASKS_MAX)
    resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))
    _change(user['uid'])
    drop_capabilities()
    for path in user.get('reach', ()):
        if not os.access(path, os.X_OK if os.path.isdir(path) else os.R_OK):
            raise PermissionError(f'{path} is out of its reach')


def _change(uid):
    """The group has the user's number. No group of the worker's is kept."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def end_all(uid, modules):
    """Signals everybody that this user may signal, which without privileges are the user's own processes."""
    sys.path.append(modules)
    from capabilities import drop_capabilities
    _change(uid)
    # A change from one ordinary user to another keeps every privilege, and CAP_KILL reaches the worker and all else.
    drop_capabilities()
    if uid == 0 or os.getresuid() != (uid, uid, uid):
        sys.exit('The user was not changed.')
    # All at once, so that nothing can start a child between two signals. It spares this process.
    os.kill(-1, signal.SIGKILL)


if __name__ == '__main__':
    end_all(int(sys.argv[1]), sys.argv[2])
