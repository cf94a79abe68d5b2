/** What the arguments of a system call must be, for each call whose decision is `check` (`table.ts`). */
import type { CheckedCall } from './table.ts'

/**
 * One condition on the lower 32 bits of an argument (counted from 0). The calls below take no more of it than those. Exactly
 * one of: `in` (is one of), `notIn` (is none of), `no` (has none of these bits), `all` (has all of these bits). `bits` are
 * the only ones that `in` and `notIn` look at.
 */
export interface Condition {
  readonly argument: number
  readonly bits?: number
  readonly in?: readonly number[]
  readonly notIn?: readonly number[]
  readonly no?: number
  readonly all?: number
}

/** The call is let through where all conditions of one of `ways` hold. */
export interface Check {
  readonly ways: readonly (readonly Condition[])[]
  /** What is answered otherwise. Default: EPERM. */
  readonly errno?: number
}

/**
 * The descriptor whose end kills the job's processes (`confine.py` puts it there). Whoever could copy it, or change its
 * flags, could outlive the worker. High, so that no program gets this number by chance.
 */
const CONTROL_DESCRIPTOR = 200

const ENOTTY = 25
const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10
const SOCK_STREAM = 1
const SOCK_SEQPACKET = 5
/** The bits of a socket's type; the others are SOCK_NONBLOCK and SOCK_CLOEXEC. */
const SOCK_TYPE = 0xf
const IPPROTO_TCP = 6
const IPPROTO_IPV6 = 41
const SOL_SOCKET = 1
const MSG_FASTOPEN = 0x2000_0000
const SIGKILL = 9

const CLONE_THREAD = 0x1_0000
/** New namespaces (NEWTIME is known to clone3 alone), and CLONE_PARENT: a child of the worker's that it never asked for. */
const CLONE_FORBIDDEN = 0x7e02_0000 | 0x8000

/** SO_REUSEADDR, SNDBUF, RCVBUF, KEEPALIVE, PRIORITY, LINGER, RCVLOWAT, RCVTIMEO, SNDTIMEO. */
const SOCKET_OPTIONS = [2, 7, 8, 9, 12, 13, 18, 20, 21]
/** TCP_NODELAY, MAXSEG, CORK, KEEPIDLE, KEEPINTVL, KEEPCNT, QUICKACK, USER_TIMEOUT, NOTSENT_LOWAT. Never TCP_ULP: it changes the protocol. */
const TCP_OPTIONS = [1, 2, 3, 4, 5, 6, 12, 18, 25]
const IPV6_V6ONLY = 26

/** GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, CAPBSET_DROP, GET_SECUREBITS, timer slack, no_new_privs, THP, CAP_AMBIENT. */
const PROCESS_OPTIONS = [2, 3, 15, 16, 21, 23, 24, 27, 29, 30, 38, 39, 41, 42, 47]
const PR_SET_PDEATHSIG = 1
const PR_SET_SECCOMP = 22
/** Names a piece of memory, for debuggers; the C library and JavaScript engines do it. */
const PR_SET_VMA = 0x5356_4d41

/** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX, TCGETS2. Never TIOCSTI, FIOSETOWN or SIOCSPGRP. */
const DEVICE_REQUESTS = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451, 0x802c_542a]
/**
 * F_SETOWN, F_SETSIG, F_SETOWN_EX: signals to others. F_SETLEASE, F_NOTIFY: a hold on others' files. F_SETPIPE_SZ: the kernel
 * counts it against the user whom all jobs share.
 */
const FILE_COMMANDS_REFUSED = [8, 10, 15, 1024, 1026, 1031]
/** SO_PEERPIDFD: a handle on the worker, whose connections every job has. */
const PEER_PIDFD = 77

const notControl: Condition = { argument: 0, notIn: [CONTROL_DESCRIPTOR] }
/** The process number 0 means the caller. */
const ownProcess: Check = { ways: [[{ argument: 0, in: [0] }]] }

export const checks = {
  // Landlock knows only TCP proper: MPTCP is protocol 262. UDP, raw, packet, netlink, vsock and Unix sockets it does not know.
  socket: {
    ways: [
      [
        { argument: 0, in: [AF_INET, AF_INET6] },
        { argument: 1, bits: SOCK_TYPE, in: [SOCK_STREAM] },
        { argument: 2, in: [0, IPPROTO_TCP] },
      ],
    ],
  },
  // A datagram socket of a pair may still be connected to any path.
  socketpair: {
    ways: [
      [
        { argument: 0, in: [AF_UNIX] },
        { argument: 1, bits: SOCK_TYPE, in: [SOCK_STREAM, SOCK_SEQPACKET] },
      ],
    ],
  },
  setsockopt: {
    ways: [
      [
        { argument: 1, in: [SOL_SOCKET] },
        { argument: 2, in: SOCKET_OPTIONS },
      ],
      [
        { argument: 1, in: [IPPROTO_TCP] },
        { argument: 2, in: TCP_OPTIONS },
      ],
      [
        { argument: 1, in: [IPPROTO_IPV6] },
        { argument: 2, in: [IPV6_V6ONLY] },
      ],
    ],
  },
  getsockopt: {
    ways: [[{ argument: 1, notIn: [SOL_SOCKET] }], [{ argument: 2, notIn: [PEER_PIDFD] }]],
  },
  // It connects as well, and Landlock does not see it. What takes its flags from the cache (sendmsg) is refused altogether.
  sendto: { ways: [[{ argument: 3, no: MSG_FASTOPEN }]] },
  clone: { ways: [[{ argument: 0, no: CLONE_FORBIDDEN }]] },
  // Neither everybody (-1) nor a process group by its number; 0 is the own group.
  kill: { ways: [[{ argument: 0, no: 0x8000_0000 }]] },
  prlimit64: ownProcess,
  setpriority: {
    ways: [
      [
        { argument: 0, in: [0] },
        { argument: 1, in: [0] },
      ],
    ],
  },
  ioprio_set: {
    ways: [
      [
        { argument: 0, in: [1] },
        { argument: 1, in: [0] },
      ],
    ],
  },
  sched_setaffinity: ownProcess,
  sched_setscheduler: ownProcess,
  sched_setparam: ownProcess,
  sched_setattr: ownProcess,
  prctl: {
    ways: [
      [{ argument: 0, in: [...PROCESS_OPTIONS, PR_SET_SECCOMP, PR_SET_VMA] }],
      // Whoever could unset it could outlive the worker.
      [
        { argument: 0, in: [PR_SET_PDEATHSIG] },
        { argument: 1, in: [SIGKILL] },
      ],
    ],
  },
  ioctl: { ways: [[notControl, { argument: 1, in: DEVICE_REQUESTS }]], errno: ENOTTY },
  fcntl: { ways: [[notControl, { argument: 1, notIn: FILE_COMMANDS_REFUSED }]] },
  dup: { ways: [[notControl]] },
  dup2: { ways: [[notControl]] },
  dup3: { ways: [[notControl]] },
} as const satisfies Record<CheckedCall, Check>

/** A program that only reads and writes files: it starts threads, but no processes. */
export const threadsOnly: Check = {
  ways: [
    [
      { argument: 0, no: CLONE_FORBIDDEN },
      { argument: 0, all: CLONE_THREAD },
    ],
  ],
}
