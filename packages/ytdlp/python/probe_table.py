"""What the probe tries, each with its area and its name in the report. `None` stands where this processor has no such call."""
import os
import socket

from probe_attempts import (
    call_by_old_number, change_protocol, connect_to, connect_without_path, handle_of_peer, larger_pipe,
    leave_a_pair, limit_another, listen, make_folder, make_socket, outlive_parent, own_signals, read_file,
    send_fast, send_message_fast, system_call, use_privileges, victim, write_file)

IPPROTO_MPTCP = 262
AF_VSOCK = 40
CLONE_NEWUSER = 0x10000000
X32 = 0x40000000

_x86 = os.uname().machine == 'x86_64'
_stream = (socket.AF_INET, socket.SOCK_STREAM)

ATTEMPTS = (
    ('network', 'TCP to a port that is not the proxy’s', connect_to(*_stream)),
    ('network', 'MPTCP to such a port', connect_to(*_stream, IPPROTO_MPTCP)),
    ('network', 'TCP Fast Open, sendto', send_fast),
    ('network', 'TCP Fast Open, sendmsg', send_message_fast),
    ('network', 'another protocol below a TCP socket (TCP_ULP)', change_protocol),
    ('network', 'listen for connections', listen),
    ('network', 'UDP socket', make_socket(socket.AF_INET, socket.SOCK_DGRAM)),
    ('network', 'SCTP socket', make_socket(socket.AF_INET, socket.SOCK_STREAM, 132)),
    ('network', 'raw socket', make_socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)),
    ('network', 'packet socket', make_socket(socket.AF_PACKET, socket.SOCK_RAW)),
    ('network', 'netlink socket', make_socket(socket.AF_NETLINK, socket.SOCK_RAW)),
    ('network', 'socket to the hypervisor (vsock)', make_socket(AF_VSOCK, socket.SOCK_STREAM)),
    ('network', 'socket to the kernel’s ciphers (AF_ALG)', make_socket(38, socket.SOCK_SEQPACKET)),
    ('network', 'Unix socket with a path', connect_to(socket.AF_UNIX, socket.SOCK_STREAM)),
    ('network', 'Unix socket without a path (abstract)', connect_without_path),
    ('network', 'datagram pair that is sent elsewhere', leave_a_pair),
    ('network', 'io_uring', system_call('io_uring_setup', 1, 0)),
    ('network', 'calls in the numbers of 32-bit x86', call_by_old_number if _x86 else None),
    ('network', 'calls in the numbers of x32', system_call('getpid', number=X32 | 39) if _x86 else None),
    ('processes', 'limits of another process (prlimit)', limit_another),
    ('processes', 'signal to another process', lambda given: os.kill(given['victim'], 0)),
    ('processes', 'signal to everybody', lambda given: os.kill(-1, 0)),
    ('processes', 'signal with a value', system_call('rt_sigqueueinfo', victim, 0, 0)),
    ('processes', 'signals through a descriptor (F_SETOWN)', own_signals),
    ('processes', 'descriptor of another process (pidfd)', system_call('pidfd_open', victim, 0)),
    ('processes', 'descriptor of the worker through a connection', handle_of_peer),
    ('processes', 'larger pipes, which the user’s other processes lack', larger_pipe),
    ('processes', 'timers, which the user’s other processes lack', system_call('timer_create', 0, 0, 0)),
    ('processes', 'priority of another process', lambda given: os.setpriority(os.PRIO_PROCESS, given['victim'], 19)),
    ('processes', 'scheduling of another process', lambda given: os.sched_setscheduler(
        given['victim'], os.SCHED_BATCH, os.sched_param(0))),
    ('processes', 'processors of another process', lambda given: os.sched_setaffinity(given['victim'], {0})),
    ('processes', 'disk priority of another process', system_call('ioprio_set', 1, victim, 0)),
    ('processes', 'tracing of another process (ptrace)', system_call('ptrace', 16, victim, 0, 0)),
    ('processes', 'memory of another process', system_call('process_vm_readv', victim, 0, 0, 0, 0, 0)),
    ('processes', 'comparison with another process', system_call('kcmp', victim, victim, 0, 0, 0)),
    ('processes', 'environment of another process', read_file(lambda given: f"/proc/{given['victim']}/environ")),
    ('processes', 'a session of its own (setsid)', lambda given: os.setsid()),
    ('processes', 'a process group of its own (setpgid)', lambda given: os.setpgid(0, 0)),
    ('processes', 'outliving its parent', outlive_parent),
    ('processes', 'shared memory that stays (shmget)', system_call('shmget', 0, 4096, 0o600)),
    ('processes', 'message queue that stays', system_call('mq_open', b'video-scraper-probe', os.O_RDONLY, 0, 0)),
    ('processes', 'memory in a file without a name (memfd)', system_call('memfd_create', b'probe', 0)),
    ('files', 'reading a file outside', read_file(lambda given: given['secret'])),
    ('files', 'writing a file outside', write_file),
    ('files', 'making a folder outside', make_folder),
    ('files', 'the list of users', read_file('/etc/passwd')),
    ('files', 'private keys of the system', lambda given: os.listdir('/etc/ssl/private')),
    ('files', 'connections of the machine', read_file('/proc/self/net/tcp')),
    ('files', 'mounts of the machine', read_file('/proc/self/mountinfo')),
    ('files', 'mode of a file outside (chmod)', lambda given: os.chmod(given['secret'], 0o600)),
    ('files', 'owner of a file outside (chown)', lambda given: os.chown(given['secret'], os.getuid(), os.getgid())),
    ('files', 'times of a file outside (utime)', lambda given: os.utime(given['secret'])),
    ('files', 'attributes of a file outside (setxattr)', lambda given: os.setxattr(given['secret'], 'user.probe', b'x')),
    ('files', 'length of a file outside (truncate)', lambda given: os.truncate(given['secret'], 1)),
    ('files', 'watching a folder outside (inotify)', system_call('inotify_init1', 0)),
    ('files', 'files by their number (open_by_handle_at)', system_call('open_by_handle_at', -1, 0, 0)),
    ('kernel', 'privileges of the superuser', use_privileges),
    ('kernel', 'a user namespace of its own (unshare)', system_call('unshare', CLONE_NEWUSER)),
    ('kernel', 'a user namespace of its own (clone)', system_call('clone', CLONE_NEWUSER, 0, 0, 0, 0)),
    ('kernel', 'a user namespace of its own (clone3)', system_call('clone3', 0, 0)),
    ('kernel', 'namespaces of others (setns)', system_call('setns', -1, 0)),
    ('kernel', 'mount', system_call('mount', 0, 0, 0, 0, 0)),
    ('kernel', 'another root folder (chroot)', lambda given: os.chroot('/')),
    ('kernel', 'programs in the kernel (bpf)', system_call('bpf', 0, 0, 0)),
    ('kernel', 'keys in the kernel (keyctl)', system_call('keyctl', 0, -3, 0)),
    ('kernel', 'measuring others (perf_event_open)', system_call('perf_event_open', 0, 0, -1, -1, 0)),
    ('kernel', 'page faults in user space (userfaultfd)', system_call('userfaultfd', 0)),
    ('kernel', 'another personality', system_call('personality', 0)),
    ('kernel', 'kernel modules', system_call('init_module', 0, 0, 0)),
    ('kernel', 'the user’s number (setuid)', lambda given: os.setuid(os.getuid())),
)
