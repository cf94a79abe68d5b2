"""What a job may touch and ask of the kernel; everything else is out of its reach, and of what it starts, for good."""
import errno
import os
import ssl
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# What Python's own library looks for and would stumble over if it were there and could not be read. Certificates, but
# not the private keys that lie beside them.
ETC = ('/etc/ssl/certs', '/etc/ssl/cert.pem', '/etc/ssl/openssl.cnf', '/etc/pki/tls/certs', '/etc/pki/tls/cert.pem',
       '/etc/pki/tls/openssl.cnf', '/etc/pki/ca-trust/extracted', '/etc/ca-certificates', '/etc/crypto-policies',
       '/etc/mime.types', '/etc/nsswitch.conf', '/etc/hosts', '/etc/host.conf', '/etc/gai.conf', '/etc/locale.alias')
# A JavaScript runtime looks there for how much of the machine it may use. Of this process only what tells of no other.
MACHINE = ('/proc/cpuinfo', '/proc/meminfo', '/proc/stat', '/proc/self/status', '/proc/self/stat', '/proc/self/fd',
           '/sys/devices/system/cpu')
LAYERS = ('capabilities', 'landlock', 'systemCalls')


class SandboxUnavailable(Exception):
    """A layer of the sandbox cannot be put in force, and the job must not run without it."""


def enter_sandbox(settings):
    """Shuts this process in, and returns what is in force: `landlock` (its version, 0: none), `systemCalls` and
    `capabilities` (whether the filter is in force, and the privileges are gone).

    Other processes, with what /proc says of them, other jobs' folders and the library are outside. Memory is not: what
    this process already had it keeps. Raises SandboxUnavailable where a layer is missing and `required`.
    """
    given = settings.get('sandbox')
    if given is None:
        return {'landlock': 0, 'systemCalls': False, 'capabilities': False}
    sys.path.append(given['landlock'])
    put = {
        'capabilities': _capabilities,
        'landlock': lambda: _landlock(settings, given),
        # Last, as the others need calls that it refuses.
        'systemCalls': _system_calls(given),
    }
    chosen = given.get('layers', LAYERS)
    return {layer: _put(layer, put[layer], given['required']) if layer in chosen else 0 for layer in LAYERS}


def _put(layer, put, required):
    try:
        force = put()
        reason = 'this kernel has none'
    except OSError as error:
        force = 0
        reason = error.strerror
    if required and not force:
        raise SandboxUnavailable(f'The sandbox is not complete: {layer}: {reason}')
    return force


def _capabilities():
    from capabilities import drop_capabilities
    drop_capabilities()
    return True


def _system_calls(given):
    """Reads the filter while it is within reach, and returns what puts it in force."""
    def put():
        if given['filter'] is None:
            raise OSError(errno.ENOSYS, f'no numbers of system calls for {os.uname().machine}')
        filter_calls(instructions)
        return True

    from seccomp import filter_calls, read_filter
    instructions = given['filter'] and read_filter(given['filter'])
    return put


def _landlock(settings, given):
    from landlock import restrict
    folder = settings.get('folder')
    authorities = settings.get('authorityFile')
    players = settings.get('players')
    return restrict(
        own=[folder] if folder else [],
        read=[HERE, given['landlock'], *ETC, *MACHINE, *_certificates(), *([authorities] if authorities else []),
              *([players['folder']] if players else [])],
        run=[settings['home'], *given['programs'], *_python()],
        ports=given['ports'],
    )


def _python():
    """The interpreter, which the ffmpeg shim runs on too, and its library, but not all that lies beside them."""
    library = os.path.dirname(os.__file__)
    # A library that is shared between architectures has its compiled half elsewhere.
    compiled = os.path.join(sys.base_exec_prefix, sys.platlibdir, os.path.basename(library))
    beside = [os.path.join(sys.base_prefix, name) for name in ('lib', 'pyvenv.cfg')]
    return [sys.executable, os.path.realpath(sys.executable), library, compiled, *beside]


def _certificates():
    paths = ssl.get_default_verify_paths()
    named = [paths.cafile, paths.capath, paths.openssl_cafile, paths.openssl_capath]
    configuration = [os.path.join(os.path.dirname(path), 'openssl.cnf') for path in (paths.openssl_cafile,) if path]
    return [path for path in (*named, *configuration) if path]
