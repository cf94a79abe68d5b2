"""Which files and ports a job may touch; everything else is out of its reach, and of what it starts, for good."""
import os
import ssl
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# What Python's own library looks for and would stumble over if it were there and could not be read.
ETC = ('/etc/ssl', '/etc/pki', '/etc/ca-certificates', '/etc/crypto-policies', '/etc/mime.types', '/etc/nsswitch.conf',
       '/etc/hosts', '/etc/host.conf', '/etc/gai.conf', '/etc/locale.alias')
# A JavaScript runtime looks there for how much of the machine it may use.
MACHINE = ('/proc/cpuinfo', '/proc/meminfo', '/proc/stat', '/proc/self', '/sys/devices/system/cpu', '/sys/fs/cgroup')


def cage(settings):
    """Shuts this process in where the kernel can, and returns Landlock's version (0: it cannot, or is not to).

    Other processes, with what /proc says of them, other jobs' folders and the library are outside. Memory is not: what
    this process already had it keeps.
    """
    given = settings.get('cage')
    if given is None:
        return 0
    sys.path.append(given['landlock'])
    from landlock import restrict
    folder = settings.get('folder')
    authorities = settings.get('authorityFile')
    return restrict(
        own=[folder] if folder else [],
        read=[HERE, given['landlock'], *ETC, *MACHINE, *_certificates(), *([authorities] if authorities else [])],
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
