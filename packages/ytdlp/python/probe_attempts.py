"""How the probe tries what a job must not be able to do. Each attempt ends quietly, or with the error that it met."""
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import socket

MSG_FASTOPEN = 0x20000000
PR_SET_PDEATHSIG = 1
F_SETPIPE_SZ = 1031
SO_PEERPIDFD = 77
CAPABILITIES_VERSION_3 = 0x20080522

_library = ctypes.CDLL(None, use_errno=True)


def system_call(name, *arguments, number=None):
    def attempt(given):
        words = [argument(given) if callable(argument) else argument for argument in arguments]
        _check(_library.syscall(ctypes.c_long(number or given['numbers'][name]),
                                *(ctypes.c_long(word) if isinstance(word, int) else word for word in words)))
    return attempt


def _check(result):
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def victim(given):
    return given['victim']


def secret(given):
    return given['secret'].encode()


def make_socket(*kind):
    def attempt(given):
        socket.socket(*kind).close()
    return attempt


def connect_to(family, *kind):
    def attempt(given):
        with socket.socket(family, *kind) as one:
            one.settimeout(2)
            one.connect(('127.0.0.1', given['port']) if family == socket.AF_INET else given['socket'])
    return attempt


def send_fast(given):
    with socket.socket(socket.AF_INET) as one:
        one.sendto(b'x', MSG_FASTOPEN, ('127.0.0.1', given['port']))


def send_message_fast(given):
    with socket.socket(socket.AF_INET) as one:
        one.sendmsg([b'x'], [], MSG_FASTOPEN, ('127.0.0.1', given['port']))


def leave_a_pair(given):
    for one in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        # Another error than a refusal: what listens there is of another kind.
        one.sendto(b'x', given['socket'])


def connect_without_path(given):
    with socket.socket(socket.AF_UNIX) as one:
        one.connect('\0video-scraper-probe-' + str(given['victim']))


def listen(given):
    with socket.socket(socket.AF_INET) as one:
        one.listen()


def change_protocol(given):
    with socket.socket(socket.AF_INET) as one:
        one.setsockopt(socket.IPPROTO_TCP, 31, b'smc')


def read_file(path):
    def attempt(given):
        with open(path(given) if callable(path) else path, 'rb') as file:
            file.read(1)
    return attempt


def write_file(given):
    with open(given['secret'], 'ab'):
        pass


def make_folder(given):
    os.mkdir(f"{given['secret']}-{os.getpid()}")


def own_signals(given):
    reader, _ = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, given['victim'])


def larger_pipe(given):
    reader, _ = os.pipe()
    fcntl.fcntl(reader, F_SETPIPE_SZ, 2**17)


def handle_of_peer(given):
    one, _ = socket.socketpair()
    one.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD)


def limit_another(given):
    resource.prlimit(given['victim'], resource.RLIMIT_CORE, (0, 0))


def outlive_parent(given):
    _check(_library.prctl(PR_SET_PDEATHSIG, *map(ctypes.c_ulong, (0, 0, 0, 0))))


def use_privileges(given):
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    _check(_library.syscall(ctypes.c_long(given['numbers']['capget']), ctypes.byref(header), ctypes.byref(sets)))
    if not any(sets):
        raise PermissionError(errno.EPERM, 'none')


def call_by_old_number(given):
    """getpid in the numbers of 32-bit x86: among those calls there is one that makes any socket (socketcall)."""
    code = b'\x53\xb8' + (20).to_bytes(4, 'little') + b'\xcd\x80\x5b\xc3'
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    result = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    if result < 0:
        raise OSError(-result, os.strerror(-result))
