/** Each job has a user of its own, where whoever runs the tests may give it one: root, with a Python and a project that others reach. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { eventually, isAlive } from '@video-scraper/testkit'
import type { EngineParts } from '../src/engine-options.ts'
import type { JobUsers } from '../src/index.ts'
import { BLOCK_USERS } from '../src/job-users/user-block.ts'
import { preparePlayer } from '../src/players/prepare-player.ts'
import { keepsJobsApartInContainer } from './own-user-container.ts'
import { processOf, self, useOwnUsers } from './own-user-rig.ts'
import { WARM } from './stage.ts'
import { answersIn } from './taken-over.ts'

const rig = useOwnUsers()
const { where, openMore, ask } = rig

for (const warm of [false, true]) {
  const how = warm ? 'warm' : 'cold'

  where(
    `${how}: two jobs at once have two users, without groups and privileges, and the worker has their folders afterwards`,
    async () => {
      const engine = rig.stage.engineWith({ home: rig.home, ...(warm && { warm: { ...WARM, idleChildren: 2 } }) })
      if (warm) expect(await engine.warmUp()).toBe(true)
      rig.source.send([
        'import os, resource, time',
        "answers.update(ids=os.getresuid() + os.getresgid(), groups=os.getgroups(), folder=os.stat('.').st_uid,",
        "    tasks=resource.getrlimit(resource.RLIMIT_NPROC), status=open('/proc/self/status').read())",
        'time.sleep(1)',
      ])
      const jobs = [await rig.stage.job(), await rig.stage.job()]
      await Promise.all(jobs.map((job) => ask(engine, job)))
      const answers = jobs.map(({ folder }) => answersIn(folder))
      const uids = answers.map(({ folder }) => folder as number)
      expect(new Set([...uids, self]).size).toBe(3)
      for (const [at, each] of answers.entries()) {
        expect(each).toMatchObject({ ids: Array(6).fill(uids[at]), groups: [], tasks: [576, 576] })
        expect(each.status).toMatch(/^CapInh:\t0+\nCapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+\nCapAmb:\t0+$/m)
      }
      for (const { folder } of jobs) {
        expect(statSync(folder)).toMatchObject({ uid: self, mode: 0o40700 })
        expect(statSync(join(folder, 'answers.json')).uid).toBe(self)
      }
      if (warm) expect(engine.warmth()).toMatchObject({ warm: 2, cold: 0 })
    },
  )

  where(`${how}: what left its group and its session ends with the job all the same`, async () => {
    const { sandbox } = rig.stage.options
    if (!sandbox) throw new Error('The stage has a sandbox.')
    // The filter refuses both, so it is left away: the user alone finds them.
    const layers = ['capabilities', 'landlock'] as const
    const engine = rig.stage.engineWith({
      home: rig.home,
      sandbox: { ...sandbox, required: false, layers },
      ...(warm && { warm: WARM }),
    })
    if (warm) expect(await engine.warmUp()).toBe(true)
    rig.source.send([
      'import os, time',
      'if os.fork() == 0:',
      '    os.setsid()',
      '    if os.fork() == 0:',
      "        open('child', 'w').write(str(os.getpid()))",
      '        time.sleep(60)',
      '    os._exit(0)',
      "while not os.path.exists('child') or not open('child').read(): time.sleep(0.01)",
    ])
    const job = await rig.stage.job()
    await ask(engine, job)
    expect(isAlive(Number(readFileSync(join(job.folder, 'child'), 'utf8')))).toBe(false)
  })
}

where('a folder that is continued changes hands, and nothing that it leads to does', async (users) => {
  const outside = (await rig.stage.job()).folder
  writeFileSync(join(outside, 'file'), 'not the job’s')
  const { folder } = await rig.stage.job()
  mkdirSync(join(folder, 'tmp/deep'), { recursive: true })
  writeFileSync(join(folder, 'media.mp4.part'), 'x')
  symlinkSync(join(outside, 'file'), join(folder, 'link'))
  symlinkSync(outside, join(folder, 'tmp/link'))
  linkSync(join(outside, 'file'), join(folder, 'second-name'))
  // As after a kill: the last attempt's user has it still.
  for (const name of ['', 'media.mp4.part', 'tmp']) chownSync(join(folder, name), 40_001, 40_001)
  const user = users.take()
  await user.own(folder)
  for (const name of ['', 'media.mp4.part', 'tmp', 'tmp/deep']) expect(statSync(join(folder, name)).uid).toBe(user.uid)
  expect([statSync(outside).uid, statSync(join(outside, 'file')).uid]).toEqual([self, self])
  expect(existsSync(join(folder, 'second-name'))).toBe(false)
  await user.release(folder)
  for (const name of ['', 'media.mp4.part', 'tmp', 'tmp/deep']) expect(statSync(join(folder, name)).uid).toBe(self)
})

where('a folder in which another job’s user works is busy, and is not taken from it', async (users) => {
  const { folder } = await rig.stage.job()
  const lock = `import fcntl, time; file = open(${JSON.stringify(join(folder, 'lease'))}, 'w'); fcntl.flock(file, 2); print(1, flush=True); time.sleep(60)`
  const holder = spawn(rig.stage.options.python, ['-ISc', lock], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    await once(holder.stdout, 'data')
    chownSync(folder, 40_001, 40_001)
    const user = users.take()
    await expect(user.own(folder)).rejects.toMatchObject({ reason: 'folder_busy' })
    await user.release(folder)
    expect(statSync(folder).uid).toBe(40_001)
  } finally {
    holder.kill('SIGKILL')
  }
})

where('a user that is released twice is given to one job; without a free one no player is prepared', async () => {
  const users = await openMore('twice')
  const user = users.take()
  await Promise.all([user.release(null), user.release(null)])
  await user.release(null)
  const taken = Array.from({ length: BLOCK_USERS }, () => users.take().uid)
  expect(new Set(taken).size).toBe(BLOCK_USERS)
  expect(() => users.take()).toThrow(expect.objectContaining({ code: 'internal_error' }))
  const beside = join((await rig.stage.job()).folder, 'players')
  const signal = new AbortController().signal
  const preparing = preparePlayer({ users } as EngineParts, { source: Buffer.from('x'), beside, signal })
  await expect(preparing).rejects.toMatchObject({ code: 'internal_error' })
  expect(readdirSync(beside)).toEqual([])
  users.close()
})

where(
  'two workers of a machine have different users, and whoever comes after a killed one ends what it left',
  async () => {
    const [one, other] = [await openMore('one'), await openMore('other')]
    const [first, second] = [one.take().uid, other.take().uid]
    expect(Math.abs(first - second)).toBeGreaterThanOrEqual(BLOCK_USERS)
    one.close()
    const left = await processOf(first + 1)
    // The place of the first is free again; others may be faster, so it is looked for.
    const opened: JobUsers[] = []
    try {
      await eventually(
        async () => {
          opened.push(await openMore(`again-${opened.length}`))
          expect(isAlive(left.pid ?? 0)).toBe(false)
        },
        { timeoutMs: 20_000 },
      )
    } finally {
      left.kill('SIGKILL')
      for (const each of [other, ...opened]) each.close()
    }
  },
)

where('a number is given to the next job only when nobody has it any more', async () => {
  const users = await openMore('numbers')
  try {
    const user = users.take()
    const left = await processOf(user.uid)
    await user.release(null)
    expect(isAlive(left.pid ?? 0)).toBe(false)
    expect(users.take().uid).not.toBe(user.uid)
  } finally {
    users.close()
  }
})

where('where the job’s user cannot reach yt-dlp, jobs share the user of the worker, and the log says why', async () => {
  const warnings: unknown[] = []
  const logger = { debug: () => undefined, warn: (...words: unknown[]) => void warnings.push(words) }
  const { folder } = await rig.stage.job()
  const hidden = join(folder, 'home')
  symlinkSync(rig.stage.options.home, hidden)
  const engine = rig.stage.engineWith({ home: hidden, logger })
  expect(await engine.describe()).toMatchObject({ sandbox: { ownUser: false, systemCalls: true } })
  expect(warnings).toEqual([
    [
      { reason: expect.stringContaining('out of its reach'), python: expect.any(String) },
      expect.stringMatching(/^jobs share the user of the worker, .* does not start as another user/),
    ],
  ])
  const job = await rig.stage.job()
  await expect(engine.extractInfo({ url: rig.stage.site.url('/jsonld') }, job)).resolves.toMatchObject({
    title: 'A described video',
  })
  expect(await rig.stage.engine.describe()).toMatchObject({ sandbox: { ownUser: true } })
})

keepsJobsApartInContainer(rig)
