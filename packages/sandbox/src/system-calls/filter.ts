/** Makes a seccomp filter of the table: a program for the kernel's classic BPF, which decides about each system call. */
import { type Check, type Condition, checks, threadsOnly } from './checks.ts'
import { type CheckedCall, type Decision, type SystemCall, systemCalls } from './table.ts'

/** The column of the table, and AUDIT_ARCH_* of the kernel's `audit.h`. */
const architectures = {
  x86_64: { column: 0, audit: 0xc000_003e },
  aarch64: { column: 1, audit: 0xc000_00b7 },
} as const

export type Architecture = keyof typeof architectures

/** `process.arch` in the kernel's words; null where there are no numbers for it. */
export const architectureOf = (nodeArchitecture: string): Architecture | null =>
  (({ x64: 'x86_64', arm64: 'aarch64' }) as const)[nodeArchitecture as 'x64' | 'arm64'] ?? null

/** The calls that this processor has, by name; none where the table has no numbers for it. */
export function systemCallNumbers(nodeArchitecture: string = process.arch): Record<string, number> {
  const architecture = architectureOf(nodeArchitecture)
  if (architecture === null) return {}
  return Object.fromEntries(callsOf(architecture).map(({ name, number }) => [name, number]))
}

interface KnownCall {
  readonly name: SystemCall
  readonly number: number
}

/** All that the architecture has, by their numbers. */
function callsOf(architecture: Architecture): KnownCall[] {
  const { column } = architectures[architecture]
  return (Object.keys(systemCalls) as SystemCall[])
    .flatMap((name): KnownCall[] => {
      const number: number | null = systemCalls[name][column]
      return number === null ? [] : [{ name, number }]
    })
    .toSorted((one, other) => one.number - other.number)
}

/** `job`: yt-dlp and what it starts. `media`: ffmpeg and ffprobe, which need no connection and no further process. */
export type Purpose = 'job' | 'media'

const EPERM = 1
const ENOSYS = 38
const EOPNOTSUPP = 95
/** SECCOMP_RET_ALLOW and SECCOMP_RET_ERRNO of the kernel's `seccomp.h`. */
const ALLOW = 0x7fff_0000
const refusal = (errno: number): number => 0x0005_0000 | errno

const answers = {
  allow: ALLOW,
  refuse: refusal(EPERM),
  absent: refusal(ENOSYS),
  unsupported: refusal(EOPNOTSUPP),
} as const satisfies Record<Exclude<Decision, 'check'>, number>

/** Numbers from here on are the calls of x32, a second set that the same processor understands. */
const X32 = 0x4000_0000
const X32_MASK_ARCHITECTURE = 'x86_64'

/** What differs for ffmpeg and ffprobe. `clone` starts threads alone. */
const mediaDecisions: Partial<Record<SystemCall, Decision>> = Object.fromEntries(
  ['socket', 'socketpair', 'connect', 'sendto', 'setsockopt', 'fork', 'vfork', 'kill'].map((name) => [name, 'refuse']),
)

/** One instruction (`struct sock_filter`): code, how far to jump where it holds and where not, and a number. */
type Instruction = readonly [code: number, yes: number, no: number, value: number]

const LOAD = 0x20
const AND = 0x54
const EQUAL = 0x15
const AT_LEAST = 0x35
const ANY_BIT = 0x45
const RETURN = 0x06
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0
const ARCHITECTURE = 4
const argumentAt = (index: number): number => 16 + 8 * index

/**
 * The filter as the kernel takes it: eight bytes for each instruction. Calls whose arguments are not looked at cost nothing
 * on kernels from 5.11 on, which remember that they are allowed.
 */
export function systemCallFilter(architecture: Architecture, purpose: Purpose): Buffer {
  const { audit } = architectures[architecture]
  const decisionOf = (name: SystemCall): Decision =>
    (purpose === 'media' ? mediaDecisions[name] : undefined) ?? systemCalls[name][2]
  const known = callsOf(architecture).map((call) => ({ ...call, decision: decisionOf(call.name) }))
  return encode([
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, audit],
    // The 32-bit calls of the same processor, whose numbers mean something else.
    [RETURN, 0, 0, answers.refuse],
    [LOAD, 0, 0, NUMBER],
    ...(architecture === X32_MASK_ARCHITECTURE ? otherwise(AT_LEAST, X32, answers.refuse) : []),
    ...known.flatMap(({ name, number, decision }) =>
      decision === 'check' ? checked(number, checkOf(name as CheckedCall, purpose)) : [],
    ),
    ...ranges(known),
  ])
}

const checkOf = (name: CheckedCall, purpose: Purpose): Check =>
  purpose === 'media' && name === 'clone' ? threadsOnly : checks[name]

/** Returns `answer` where the comparison holds, else goes on. */
const otherwise = (code: number, value: number, answer: number): Instruction[] => [
  [code, 0, 1, value],
  [RETURN, 0, 0, answer],
]

/** Skips the block where the number is another; otherwise the block ends the program. */
function checked(number: number, { ways, errno = EPERM }: Check): Instruction[] {
  const block = [...ways.flatMap(wayThrough), [RETURN, 0, 0, refusal(errno)] as const]
  return [[EQUAL, 0, block.length, number], ...block]
}

/** Returns "allow" where all of its conditions hold, else goes on behind its end. */
function wayThrough(conditions: readonly Condition[]): Instruction[] {
  const way: Instruction[] = [[RETURN, 0, 0, ALLOW]]
  for (const condition of conditions.toReversed()) way.unshift(...instructionsOf(condition, way.length))
  return way
}

/** Goes on to the next instruction where the condition holds, and jumps over `skipped` more where it does not. */
function instructionsOf(condition: Condition, skipped: number): Instruction[] {
  const { argument, bits, in: members, notIn, no, all } = condition
  const load: Instruction[] = [[LOAD, 0, 0, argumentAt(argument)]]
  if (bits !== undefined) load.push([AND, 0, 0, bits])
  if (members !== undefined) {
    const last = members.length - 1
    return [
      ...load,
      ...members.map((value, index): Instruction => [EQUAL, last - index, index === last ? skipped : 0, value]),
    ]
  }
  if (notIn !== undefined) {
    return [...load, ...notIn.map((value, index): Instruction => [EQUAL, notIn.length - 1 - index + skipped, 0, value])]
  }
  if (no !== undefined) return [...load, [ANY_BIT, skipped, 0, no]]
  if (all !== undefined) return [...load, [AND, 0, 0, all], [EQUAL, 0, skipped, all]]
  throw new TypeError('A condition of a system call says nothing.')
}

/** Neighbours with the same answer are one step. Gaps, and all that lies behind the last, are absent. */
function ranges(known: readonly { number: number; decision: Decision }[]): Instruction[] {
  const steps: { end: number; answer: number }[] = []
  const extend = (end: number, answer: number): void => {
    const last = steps.at(-1)
    if (last?.answer === answer) last.end = end
    else steps.push({ end, answer })
  }
  for (const { number, decision } of known) {
    const before = steps.at(-1)?.end ?? 0
    if (number > before) extend(number, answers.absent)
    // The checked ones were decided before; what stands here for them is never reached.
    extend(number + 1, decision === 'check' ? (steps.at(-1)?.answer ?? answers.absent) : answers[decision])
  }
  return [
    ...steps.flatMap(({ end, answer }): Instruction[] => [
      [AT_LEAST, 1, 0, end],
      [RETURN, 0, 0, answer],
    ]),
    [RETURN, 0, 0, answers.absent],
  ]
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(8 * program.length)
  for (const [index, [code, yes, no, value]] of program.entries()) {
    bytes.writeUInt16LE(code, 8 * index)
    bytes.writeUInt8(yes, 8 * index + 2)
    bytes.writeUInt8(no, 8 * index + 3)
    bytes.writeUInt32LE(value >>> 0, 8 * index + 4)
  }
  return bytes
}
