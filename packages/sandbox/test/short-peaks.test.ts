/** Memory that the processes of a job have together for 0.7 s, whenever that begins. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { createConsumptionWatch } from '../src/consumption.ts'

const MIB = 2 ** 20
const LIMIT_BYTES = 130 * MIB

/** Waits; then its children have so much each, all at once for 0.7 s, and end. None of them alone has too much. */
const PROGRAM = `
import os, sys, time
wait, children, size = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
sys.stdin.read(1)
time.sleep(wait)
ready, allocated = os.pipe()
stop, going = os.pipe()
for _ in range(children):
    if os.fork() == 0:
        os.close(going)
        mine = b'x' * size
        os.write(allocated, b'.')
        os.read(stop, 1)
        os._exit(0)
for _ in range(children):
    os.read(ready, 1)
time.sleep(0.7)
os.close(going)
for _ in range(children):
    os.wait()
`

function startGroup(wait: number, children: number): ChildProcess & { pid: number } {
  const words = ['-I', '-S', '-c', PROGRAM, String(wait), String(children), String(50 * MIB)]
  const group = spawn(readRuntime().python, words, { stdio: ['pipe', 'ignore', 'inherit'], detached: true })
  if (group.pid === undefined) throw new Error('It did not start.')
  return group as ChildProcess & { pid: number }
}

test('a job whose processes have too much together is seen, whenever its 0.7 s begin; one that has less is not', async () => {
  const watch = createConsumptionWatch()
  const seen: string[] = []
  const groups = [0, 0.25, 0.5, 0.75].map((wait) => ({ name: `after ${wait} s`, ...{ group: startGroup(wait, 3) } }))
  const all = [...groups, { name: 'less', group: startGroup(0.5, 2) }]
  const unwatch = all.map(({ name, group }) =>
    watch.watch(group.pid, { cpuSeconds: 0, memoryBytes: LIMIT_BYTES }, (overrun) => seen.push(`${name}: ${overrun}`)),
  )
  const ended = Promise.all(all.map(({ group }) => once(group, 'exit')))
  for (const { group } of all) group.stdin?.end('.')
  await ended
  for (const stop of unwatch) stop()
  expect(seen.sort()).toEqual(groups.map(({ name }) => `${name}: memory_limit_exceeded`))
}, 60_000)
