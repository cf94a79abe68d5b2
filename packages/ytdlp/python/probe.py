"""Tries what a job must not be able to do, one attempt after the other, in a process of its own each. Runs inside the sandbox.

Nothing here does harm where it succeeds: what is aimed at others aims at what the prober has put up for it.
"""
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket

REFUSALS = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTTY}
MSG_FASTOPEN = 0x20000000
IPPROTO_MPTCP = 262
AF_VSOCK = 40
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
X32 = 0x40000000
CAPABILITIES_VERSION_3 = 0x20080522

_library = ctypes.CDLL(None, use_errno=True)


def attempts(given):
    """A list of `{area, what, refused}`. `given`: port (a listener that is not the proxy), socket and secret (paths of a Unix
    listener and of a file outside), victim (a process outside), and numbers (of system calls, by name)."""
    return [{'area': area, 'what': what, 'refused': _is_refused(attempt, given)}
            for area, what, attempt in ATTEMPTS if attempt is not None]


def _is_refused(attempt, given):
    """Whether the attempt met a refusal. Another error means that it was let through, and led to nothing."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            attempt(given)
            code = 0
        except OSError as error:
            code = 1 if error.errno in REFUSALS else 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 2:
        raise RuntimeError('An attempt of the probe is broken.')
    # One that died of a signal met a call that this processor does not have.
    return code != 0


def _call(name, *arguments, number=None):
    def attempt(given):
        words = [argument(given) if callable(argument) else argument for argument in arguments]
        _check(_library.syscall(ctypes.c_long(number or given['numbers'][name]),
                                *(ctypes.c_long(word) if isinstance(word, int) else word for word in words)))
    return attempt


def _check(result):
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _victim(given):
    return given['victim']


def _secret(given):
    return given['secret'].encode()


def _socket(*kind):
    def attempt(given):
        socket.socket(*kind).close()
    return attempt


def _connect(family, *kind):
    def attempt(given):
        with socket.socket(family, *kind) as one:
            one.settimeout(2)
            one.connect(('127.0.0.1', given['port']) if family == socket.AF_INET else given['socket'])
    return attempt


def _send_fast(given):
    with socket.socket(socket.AF_INET) as one:
        one.sendto(b'x', MSG_FASTOPEN, ('127.0.0.1', given['port']))


def _send_message_fast(given):
    with socket.socket(socket.AF_INET) as one:
        one.sendmsg([b'x'], [], MSG_FASTOPEN, ('127.0.0.1', given['port']))


def _leave_a_pair(given):
    for one in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        # Another error than a refusal: what listens there is of another kind.
        one.sendto(b'x', given['socket'])


def _abstract(given):
    with socket.socket(socket.AF_UNIX) as one:
        one.connect('\0video-scraper-probe-' + str(given['victim']))


def _listen(given):
    with socket.socket(socket.AF_INET) as one:
        one.listen()


def _change_protocol(given):
    with socket.socket(socket.AF_INET) as one:
        one.setsockopt(socket.IPPROTO_TCP, 31, b'smc')


def _read(path):
    def attempt(given):
        with open(path(given) if callable(path) else path, 'rb') as file:
            file.read(1)
    return attempt


def _write(given):
    with open(given['secret'], 'ab'):
        pass


def _plant(given):
    os.mkdir(f"{given['secret']}-{os.getpid()}")


def _own_signals(given):
    reader, _ = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, given['victim'])


def _limit(given):
    resource.prlimit(given['victim'], resource.RLIMIT_CORE, (0, 0))


def _outlive(given):
    _check(_library.prctl(PR_SET_PDEATHSIG, *map(ctypes.c_ulong, (0, 0, 0, 0))))


def _privilege(given):
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    _check(_library.syscall(ctypes.c_long(given['numbers']['capget']), ctypes.byref(header), ctypes.byref(sets)))
    if not any(sets):
        raise PermissionError(errno.EPERM, 'none')


def _old_call(given):
    """getpid in the numbers of 32-bit x86: among those calls there is one that makes any socket (socketcall)."""
    code = b'\x53\xb8' + (20).to_bytes(4, 'little') + b'\xcd\x80\x5b\xc3'
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    result = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    if result < 0:
        raise OSError(-result, os.strerror(-result))


_x86 = os.uname().machine == 'x86_64'
_stream = (socket.AF_INET, socket.SOCK_STREAM)

ATTEMPTS = (
    ('network', 'TCP to a port that is not the proxy’s', _connect(*_stream)),
    ('network', 'MPTCP to such a port', _connect(*_stream, IPPROTO_MPTCP)),
    ('network', 'TCP Fast Open, sendto', _send_fast),
    ('network', 'TCP Fast Open, sendmsg', _send_message_fast),
    ('network', 'another protocol below a TCP socket (TCP_ULP)', _change_protocol),
    ('network', 'listen for connections', _listen),
    ('network', 'UDP socket', _socket(socket.AF_INET, socket.SOCK_DGRAM)),
    ('network', 'SCTP socket', _socket(socket.AF_INET, socket.SOCK_STREAM, 132)),
    ('network', 'raw socket', _socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)),
    ('network', 'packet socket', _socket(socket.AF_PACKET, socket.SOCK_RAW)),
    ('network', 'netlink socket', _socket(socket.AF_NETLINK, socket.SOCK_RAW)),
    ('network', 'socket to the hypervisor (vsock)', _socket(AF_VSOCK, socket.SOCK_STREAM)),
    ('network', 'socket to the kernel’s ciphers (AF_ALG)', _socket(38, socket.SOCK_SEQPACKET)),
    ('network', 'Unix socket with a path', _connect(socket.AF_UNIX, socket.SOCK_STREAM)),
    ('network', 'Unix socket without a path (abstract)', _abstract),
    ('network', 'datagram pair that is sent elsewhere', _leave_a_pair),
    ('network', 'io_uring', _call('io_uring_setup', 1, 0)),
    ('network', 'calls in the numbers of 32-bit x86', _old_call if _x86 else None),
    ('network', 'calls in the numbers of x32', _call('getpid', number=X32 | 39) if _x86 else None),
    ('processes', 'limits of another process (prlimit)', _limit),
    ('processes', 'signal to another process', lambda given: os.kill(given['victim'], 0)),
    ('processes', 'signal to everybody', lambda given: os.kill(-1, 0)),
    ('processes', 'signal with a value', _call('rt_sigqueueinfo', _victim, 0, 0)),
    ('processes', 'signals through a descriptor (F_SETOWN)', _own_signals),
    ('processes', 'descriptor of another process (pidfd)', _call('pidfd_open', _victim, 0)),
    ('processes', 'priority of another process', lambda given: os.setpriority(os.PRIO_PROCESS, given['victim'], 19)),
    ('processes', 'scheduling of another process', lambda given: os.sched_setscheduler(
        given['victim'], os.SCHED_BATCH, os.sched_param(0))),
    ('processes', 'processors of another process', lambda given: os.sched_setaffinity(given['victim'], {0})),
    ('processes', 'disk priority of another process', _call('ioprio_set', 1, _victim, 0)),
    ('processes', 'tracing of another process (ptrace)', _call('ptrace', 16, _victim, 0, 0)),
    ('processes', 'memory of another process', _call('process_vm_readv', _victim, 0, 0, 0, 0, 0)),
    ('processes', 'comparison with another process', _call('kcmp', _victim, _victim, 0, 0, 0)),
    ('processes', 'environment of another process', _read(lambda given: f"/proc/{given['victim']}/environ")),
    ('processes', 'a session of its own (setsid)', lambda given: os.setsid()),
    ('processes', 'a process group of its own (setpgid)', lambda given: os.setpgid(0, 0)),
    ('processes', 'outliving its parent', _outlive),
    ('processes', 'shared memory that stays (shmget)', _call('shmget', 0, 4096, 0o600)),
    ('processes', 'message queue that stays', _call('mq_open', b'video-scraper-probe', os.O_RDONLY, 0, 0)),
    ('processes', 'memory in a file without a name (memfd)', _call('memfd_create', b'probe', 0)),
    ('files', 'reading a file outside', _read(lambda given: given['secret'])),
    ('files', 'writing a file outside', _write),
    ('files', 'making a folder outside', _plant),
    ('files', 'the list of users', _read('/etc/passwd')),
    ('files', 'private keys of the system', lambda given: os.listdir('/etc/ssl/private')),
    ('files', 'connections of the machine', _read('/proc/self/net/tcp')),
    ('files', 'mounts of the machine', _read('/proc/self/mountinfo')),
    ('files', 'mode of a file outside (chmod)', lambda given: os.chmod(given['secret'], 0o600)),
    ('files', 'owner of a file outside (chown)', lambda given: os.chown(given['secret'], os.getuid(), os.getgid())),
    ('files', 'times of a file outside (utime)', lambda given: os.utime(given['secret'])),
    ('files', 'attributes of a file outside (setxattr)', lambda given: os.setxattr(given['secret'], 'user.probe', b'x')),
    ('files', 'length of a file outside (truncate)', lambda given: os.truncate(given['secret'], 1)),
    ('files', 'watching a folder outside (inotify)', _call('inotify_init1', 0)),
    ('files', 'files by their number (open_by_handle_at)', _call('open_by_handle_at', -1, 0, 0)),
    ('kernel', 'privileges of the superuser', _privilege),
    ('kernel', 'a user namespace of its own (unshare)', _call('unshare', CLONE_NEWUSER)),
    ('kernel', 'a user namespace of its own (clone)', _call('clone', CLONE_NEWUSER, 0, 0, 0, 0)),
    ('kernel', 'a user namespace of its own (clone3)', _call('clone3', 0, 0)),
    ('kernel', 'namespaces of others (setns)', _call('setns', -1, 0)),
    ('kernel', 'mount', _call('mount', 0, 0, 0, 0, 0)),
    ('kernel', 'another root folder (chroot)', lambda given: os.chroot('/')),
    ('kernel', 'programs in the kernel (bpf)', _call('bpf', 0, 0, 0)),
    ('kernel', 'keys in the kernel (keyctl)', _call('keyctl', 0, -3, 0)),
    ('kernel', 'measuring others (perf_event_open)', _call('perf_event_open', 0, 0, -1, -1, 0)),
    ('kernel', 'page faults in user space (userfaultfd)', _call('userfaultfd', 0)),
    ('kernel', 'another personality', _call('personality', 0)),
    ('kernel', 'kernel modules', _call('init_module', 0, 0, 0)),
    ('kernel', 'the user’s number (setuid)', lambda given: os.setuid(os.getuid())),
)
