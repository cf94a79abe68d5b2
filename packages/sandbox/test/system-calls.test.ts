/** What the filter decides, on both processors: the programs are run here as the kernel would run them. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readRuntime, temporaryFolder } from '@video-scraper/testkit'
import { installFfmpegShim, jobFilterIn, SANDBOX_MODULES } from '../src/index.ts'
import {
  type Architecture,
  architectureOf,
  type Purpose,
  systemCallFilter,
  systemCallNumbers,
} from '../src/system-calls/filter.ts'
import { type SystemCall, systemCalls } from '../src/system-calls/table.ts'
import { whenDone } from './when-done.ts'

const AUDIT = { x86_64: 0xc000_003e, aarch64: 0xc000_00b7 } as const
const ARCHITECTURES: Architecture[] = ['x86_64', 'aarch64']

/** `struct seccomp_data`: the number, the architecture, the instruction's address, six arguments of 64 bits. */
function seccompData(number: number, audit: number, given: readonly (number | bigint)[]): Buffer {
  const data = Buffer.alloc(64)
  data.writeUInt32LE(number, 0)
  data.writeUInt32LE(audit, 4)
  for (const [index, value] of given.entries()) data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), 16 + 8 * index)
  return data
}

/** What an instruction does with the accumulator: a new value, or whether the comparison holds. */
const instructions: Record<number, (accumulator: number, value: number, data: Buffer) => number | boolean> = {
  32: (_accumulator, value, data) => data.readUInt32LE(value),
  84: (accumulator, value) => (accumulator & value) >>> 0,
  21: (accumulator, value) => accumulator === value,
  53: (accumulator, value) => accumulator >= value,
  69: (accumulator, value) => (accumulator & value) >>> 0 !== 0,
}
const RETURN = 0x06

/** Classic BPF, as far as the filter uses it. Returns what the program returns; throws where it runs off its end. */
function run(program: Buffer, data: Buffer): number {
  let accumulator = 0
  for (let at = 0; at < program.length / 8; at++) {
    const code = program.readUInt16LE(8 * at)
    const value = program.readUInt32LE(8 * at + 4)
    if (code === RETURN) return value
    const result = instructions[code]?.(accumulator, value, data)
    if (result === undefined) throw new Error(`An instruction that nobody knows: ${code}`)
    if (typeof result === 'number') accumulator = result
    else at += program.readUInt8(8 * at + (result ? 2 : 3))
  }
  throw new Error('The program has no end.')
}

/** `allow`, or the number of the error. */
function decide(
  architecture: Architecture,
  name: SystemCall | number,
  given: readonly (number | bigint)[] = [],
  { purpose = 'job', audit = AUDIT[architecture] }: { purpose?: Purpose; audit?: number } = {},
): 'allow' | number {
  const number = typeof name === 'number' ? name : numbers[architecture][name]
  if (number === undefined) throw new Error(`${name} is not there.`)
  const answer = run(systemCallFilter(architecture, purpose), seccompData(number, audit, given))
  return answer === 0x7fff_0000 ? 'allow' : answer & 0xffff
}

const numbers = { x86_64: systemCallNumbers('x64'), aarch64: systemCallNumbers('arm64') }
const [EPERM, ENOSYS, ENOTTY] = [1, 38, 25]

test.each([
  ['x86_64', 0, 335],
  ['x86_64', 424, 470],
  ['aarch64', 0, 243],
  ['aarch64', 260, 294],
  ['aarch64', 424, 470],
] as const)('the table of %s has every number from %i to %i, once', (architecture, from, to) => {
  const known = Object.values(numbers[architecture]).filter((number) => number >= from && number <= to)
  expect(known.toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  )
})

describeEach((architecture) => {
  test(`${architecture}: each call gets the decision of its row`, () => {
    const answers = { allow: 'allow', refuse: EPERM, absent: ENOSYS, unsupported: 95 } as const
    for (const [name, [, , decision]] of Object.entries(systemCalls)) {
      if (decision === 'check' || numbers[architecture][name] === undefined) continue
      expect([name, decide(architecture, name as SystemCall)]).toEqual([name, answers[decision]])
    }
  })

  test(`${architecture}: numbers that nobody knows are absent, and other numberings are refused`, () => {
    for (const number of [471, 500, 1000, 0x3fff_ffff]) expect(decide(architecture, number)).toBe(ENOSYS)
    for (const audit of [0x4000_0003, 0x4000_0028, 0, architecture === 'x86_64' ? AUDIT.aarch64 : AUDIT.x86_64]) {
      expect(decide(architecture, 'read', [], { audit })).toBe(EPERM)
    }
    const x32 = architecture === 'x86_64' ? EPERM : ENOSYS
    expect([0x4000_0000, 0x4000_0027, 0xffff_ffff].map((number) => decide(architecture, number))).toEqual([
      x32,
      x32,
      x32,
    ])
  })

  test.each<[SystemCall, readonly (number | bigint)[], 'allow' | number]>([
    ['socket', [2, 1, 0], 'allow'],
    ['socket', [10, 0x80801, 6], 'allow'],
    // The kernel looks at 32 bits only, so what stands above them changes nothing.
    ['socket', [0xffff_ffff_0000_0002n, 1, 0], 'allow'],
    ['socket', [2, 1, 262], EPERM],
    ['socket', [2, 1, 132], EPERM],
    ['socket', [2, 0x100_0000_0001n, 0x1_0000_0106n], EPERM],
    ['socket', [2, 2, 0], EPERM],
    ['socket', [2, 3, 1], EPERM],
    ['socket', [2, 10, 0], EPERM],
    ...[0, 1, 16, 17, 38, 40, 43, 44].map((family) => ['socket', [family, 1, 0], EPERM] as never),
    ['socketpair', [1, 0x80001, 0], 'allow'],
    ['socketpair', [1, 5, 0], 'allow'],
    ['socketpair', [1, 2, 0], EPERM],
    ['socketpair', [16, 1, 0], EPERM],
    ['setsockopt', [3, 6, 1], 'allow'],
    ['setsockopt', [3, 1, 9], 'allow'],
    ['setsockopt', [3, 6, 31], EPERM],
    ['setsockopt', [3, 6, 30], EPERM],
    ['setsockopt', [3, 1, 26], EPERM],
    ['setsockopt', [3, 0, 64], EPERM],
    ['getsockopt', [3, 1, 4], 'allow'],
    ['getsockopt', [3, 6, 77], 'allow'],
    ['getsockopt', [3, 1, 77], EPERM],
    ['sendto', [3, 0, 1, 0x4000], 'allow'],
    ['sendto', [3, 0, 1, 0x2000_4000], EPERM],
    ['clone', [0x3d0f00], 'allow'],
    ['clone', [17], 'allow'],
    ['clone', [0x1000_0011], EPERM],
    ['clone', [0x4000_0011], EPERM],
    ['clone', [0x2_0011], EPERM],
    ['clone', [0x8011], EPERM],
    ['kill', [1234, 9], 'allow'],
    ['kill', [0, 9], 'allow'],
    ['kill', [-1, 9], EPERM],
    ['kill', [-1234, 9], EPERM],
    ['prlimit64', [0, 0], 'allow'],
    ['prlimit64', [1234, 0], EPERM],
    ['setpriority', [0, 0, 5], 'allow'],
    ['setpriority', [0, 1234, 5], EPERM],
    ['setpriority', [2, 0, 5], EPERM],
    ['ioprio_set', [1, 0, 5], 'allow'],
    ['ioprio_set', [1, 1234, 5], EPERM],
    ['sched_setaffinity', [0], 'allow'],
    ['sched_setaffinity', [1234], EPERM],
    ['sched_setscheduler', [1234], EPERM],
    ['sched_setparam', [1234], EPERM],
    ['sched_setattr', [1234], EPERM],
    ['prctl', [1, 9], 'allow'],
    ['prctl', [1, 0], EPERM],
    ['prctl', [1, 15], EPERM],
    ['prctl', [15, 0], 'allow'],
    ['prctl', [22, 2], 'allow'],
    ['prctl', [36, 1], EPERM],
    ['prctl', [0x59616d61, 1], EPERM],
    ['ioctl', [5, 0x5421], 'allow'],
    ['ioctl', [200, 0x5421], ENOTTY],
    ['ioctl', [5, 0x5412], ENOTTY],
    ['ioctl', [5, 0x8901], ENOTTY],
    ['fcntl', [5, 4, 0], 'allow'],
    ['fcntl', [200, 4, 0], EPERM],
    ['fcntl', [0x1_0000_00c8n, 4, 0], EPERM],
    ['fcntl', [5, 8, 1], EPERM],
    ['fcntl', [5, 1031, 1 << 20], EPERM],
    ['fcntl', [5, 10, 9], EPERM],
    ['fcntl', [5, 15, 0], EPERM],
    ['dup', [5], 'allow'],
    ['dup', [200], EPERM],
    ['dup3', [200, 5, 0], EPERM],
  ])(`${architecture}: %s(%j) is %s`, (name, given, expected) => {
    expect(decide(architecture, name, given)).toBe(expected)
  })

  test(`${architecture}: ffmpeg gets threads and files, and neither sockets nor processes`, () => {
    const media = { purpose: 'media' } as const
    expect(decide(architecture, 'clone', [0x3d0f00], media)).toBe('allow')
    expect(decide(architecture, 'clone', [17], media)).toBe(EPERM)
    for (const name of ['socket', 'socketpair', 'connect', 'sendto', 'kill', 'ptrace'] as const) {
      expect([name, decide(architecture, name, [2, 1, 0], media)]).toEqual([name, EPERM])
    }
    expect(decide(architecture, 'execve', [], media)).toBe('allow')
  })
})

function describeEach(work: (architecture: Architecture) => void): void {
  for (const architecture of ARCHITECTURES) work(architecture)
}

test('there is no filter for a processor without numbers, and that is said', () => {
  expect(['x64', 'arm64', 'riscv64', 'ia32'].map(architectureOf)).toEqual(['x86_64', 'aarch64', null, null])
  expect(systemCallNumbers('riscv64')).toEqual({})
})

test('the kernel of this machine takes both programs', async () => {
  const { path, remove } = await temporaryFolder()
  whenDone(remove)
  const runtime = readRuntime()
  const directory = await installFfmpegShim({ ...runtime, directory: path })
  expect(jobFilterIn(directory)).toBe(join(directory, 'job.filter'))
  for (const name of ['job', 'media']) {
    const lines = [
      `import sys; sys.path.append(${JSON.stringify(SANDBOX_MODULES)})`,
      `import os, seccomp; seccomp.filter_calls(seccomp.read_filter(${JSON.stringify(join(directory, `${name}.filter`))}))`,
      'try: os.setsid(); print("done")',
      'except OSError as error: print(error.errno)',
    ]
    expect(execFileSync(runtime.python, ['-ISBc', lines.join('\n')], { encoding: 'utf8', env: {} }).trim()).toBe('1')
  }
})
