"""Asks the kernel to hold this process, and all that it starts, to a few files and ports: Linux's Landlock, through ctypes.

What cannot be enforced by this kernel is left out, so the same call works everywhere: without Landlock it does nothing
and says 0. Only what is imported anyway, or starts within a few milliseconds, is imported. No path is followed later:
each is opened once, here, and what lies beneath it then is meant.
"""
import ctypes
import os
import stat

# Alike on every architecture but two that nobody runs this on, where the numbers would mean something else.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
OTHER_NUMBERS = ('mips', 'alpha')
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH, RULE_NET_PORT = 1, 2
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG = 1 << 7, 1 << 8
REFER, TRUNCATE = 1 << 13, 1 << 14
# Every right on files that a version of the interface knows, so that what is not granted below is denied.
ALL_FILES_BY_ABI = ((1, 13), (2, 14), (3, 15), (5, 16))
BIND_TCP, CONNECT_TCP = 1, 2
NET_ABI = 4
SCOPE_ABSTRACT_UNIX_SOCKET, SCOPE_SIGNAL = 1, 2
SCOPE_ABI = 6

READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE
# Neither devices nor sockets nor links are made in a job's folder, and nothing in it is started.
OWN = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE

# Libraries, the loader, and what they read at every start; also of systems that keep theirs elsewhere.
SYSTEM_RUN = (
    '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/bin', '/usr/local/lib', '/usr/local/lib64',
    '/lib', '/lib32', '/lib64', '/bin', '/nix/store', '/gnu/store')
SYSTEM_READ = ('/etc/ld.so.cache', '/etc/ld.so.preload', '/etc/localtime', '/usr/share', '/dev/urandom', '/dev/random')
SYSTEM_OWN = ('/dev/null',)


class RulesetAttributes(ctypes.Structure):
    _fields_ = [('handled_access_fs', ctypes.c_uint64), ('handled_access_net', ctypes.c_uint64),
                ('scoped', ctypes.c_uint64)]


class PathBeneathAttributes(ctypes.Structure):
    _pack_ = 1
    _layout_ = 'ms'
    _fields_ = [('allowed_access', ctypes.c_uint64), ('parent_fd', ctypes.c_int32)]


class NetPortAttributes(ctypes.Structure):
    _fields_ = [('allowed_access', ctypes.c_uint64), ('port', ctypes.c_uint64)]


_library = ctypes.CDLL(None, use_errno=True)


def _system_call(number, *arguments):
    """Every argument as wide as a register: what is narrower leaves its upper half to chance. Raises OSError."""
    result = _library.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def abi():
    """The version of the interface; 0 where the kernel has none, or has it switched off."""
    if os.uname().machine.startswith(OTHER_NUMBERS):
        return 0
    try:
        return _system_call(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_long(CREATE_RULESET_VERSION))
    except OSError:
        # ENOSYS, EOPNOTSUPP, and whatever a container's filter of system calls answers instead.
        return 0


def restrict(own=(), read=(), run=(), ports=()):
    """Gives up everything but these, for good, and returns the version of the interface in force (0: none, nothing happened).

    own: folders to write in. read, run: files and folders, beside those that every program needs. ports: where TCP may
    connect to, whatever the address (version 4 and later). Signals and abstract sockets of others are out of reach
    from version 6. Another process's memory and environment are from the first. Paths that are not there are passed
    over. The calling thread must be the only one. Raises OSError where the kernel has Landlock and does not comply.
    """
    version = abi()
    if version < 1:
        return 0
    files = (1 << max(bits for since, bits in ALL_FILES_BY_ABI if since <= version)) - 1
    attributes = RulesetAttributes(files, BIND_TCP | CONNECT_TCP, SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL)
    # A kernel takes no more of it than it knows.
    size = 8 * (1 + (version >= NET_ABI) + (version >= SCOPE_ABI))
    ruleset = _system_call(CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_long(0))
    try:
        granted = ((OWN, (*own, *SYSTEM_OWN)), (READ, (*read, *SYSTEM_READ)), (RUN, (*run, *SYSTEM_RUN)))
        for access, paths in granted:
            for path in paths:
                _allow_path(ruleset, path, access & files)
        if version >= NET_ABI:
            for port in ports:
                _add_rule(ruleset, RULE_NET_PORT, NetPortAttributes(CONNECT_TCP, port))
        # Without this a program of another user's could be started outside; the kernel demands it.
        if _library.prctl(PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) != 0:
            raise OSError(ctypes.get_errno(), 'PR_SET_NO_NEW_PRIVS')
        _system_call(RESTRICT_SELF, ctypes.c_long(ruleset), ctypes.c_long(0))
    finally:
        os.close(ruleset)
    return version


def _allow_path(ruleset, path, access):
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            access &= ON_FILES
        _add_rule(ruleset, RULE_PATH_BENEATH, PathBeneathAttributes(access, descriptor))
    finally:
        os.close(descriptor)


def _add_rule(ruleset, kind, attributes):
    _system_call(ADD_RULE, ctypes.c_long(ruleset), ctypes.c_long(kind), ctypes.byref(attributes), ctypes.c_long(0))
