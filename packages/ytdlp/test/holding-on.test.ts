/** A process that a job started and that means to stay: it neither keeps the job from ending, nor outlives the worker. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, isAlive } from '@video-scraper/testkit'
import { createEngine } from '../src/index.ts'
import { type Stage, startStage, WARM } from './stage.ts'
import { startHostileSource, takenOverHome } from './taken-over.ts'

let stage: Stage
let source: Awaited<ReturnType<typeof startHostileSource>>
let home: string

beforeAll(async () => {
  source = await startHostileSource()
  stage = await startStage({ allow: [source.place], warm: null })
  home = takenOverHome(stage.options, (await stage.job()).folder)
}, 60_000)
afterAll(async () => {
  await stage?.stop()
  await source?.stop()
})

const pidIn = (folder: string): number => {
  const path = join(folder, 'child')
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
}

for (const warm of [false, true]) {
  const how = warm ? 'warm' : 'cold'

  test(`${how}: a child in a session of its own that holds every descriptor does not keep the job`, async () => {
    // The filter refuses the session, so this is how it goes without a sandbox.
    const { sandbox: _, ...bare } = stage.options
    const engine = createEngine({ ...bare, home, ...(warm && { warm: WARM }) })
    source.send([
      'import os, time',
      'child = os.fork()',
      'if child == 0:',
      '    os.setsid()',
      "    open('child', 'w').write(str(os.getpid()))",
      '    time.sleep(30)',
      '    os._exit(0)',
      "while not os.path.exists('child') or not open('child').read(): time.sleep(0.01)",
    ])
    const job = await stage.job()
    try {
      if (warm) expect(await engine.warmUp()).toBe(true)
      await expect(engine.extractInfo({ url: source.url }, job)).resolves.toMatchObject({ title: 'A described video' })
      expect(isAlive(pidIn(job.folder))).toBe(true)
    } finally {
      if (pidIn(job.folder) > 0) process.kill(pidIn(job.folder), 'SIGKILL')
      await engine.close()
    }
  }, 25_000)

  test(`${how}: kill -9 of the worker ends what a job that was taken over has tried to keep`, async () => {
    const job = await stage.job()
    source.send([
      'import ctypes, fcntl, os, socket, time',
      'def attempt(work):',
      '    try: work()',
      '    except OSError: pass',
      // Every way to be rid of what binds it to the worker: the signal, the group, the connection's flags, a copy of it.
      'attempt(lambda: ctypes.CDLL(None).prctl(1, 0, 0, 0, 0))',
      'attempt(lambda: fcntl.fcntl(200, fcntl.F_SETFL, 0))',
      'attempt(lambda: fcntl.ioctl(200, 0x5452, b"\\0\\0\\0\\0"))',
      'attempt(lambda: fcntl.fcntl(os.dup(200), fcntl.F_SETFL, 0))',
      'def pass_on():',
      '    one, other = socket.socketpair()',
      '    socket.send_fds(one, [b"x"], [200])',
      '    fcntl.fcntl(socket.recv_fds(other, 1, 1)[1][0], fcntl.F_SETFL, 0)',
      'attempt(pass_on)',
      'child = os.fork()',
      'if child == 0:',
      '    attempt(os.setsid)',
      '    attempt(lambda: os.setpgid(0, 0))',
      "    open('child', 'w').write(str(os.getpid()))",
      '    time.sleep(30)',
      '    os._exit(0)',
      'time.sleep(30)',
    ])
    const options = { ...stage.options, home, ...(warm && { warm: WARM }) }
    const worker = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { createEngine } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
        const { options, url, folder, proxyUrl } = JSON.parse(process.argv[1])
        const egress = { proxyUrl, blocked: () => false, exceeded: () => false }
        const engine = createEngine(options)
        if (options.warm && !(await engine.warmUp())) throw new Error('It is not warm.')
        const signal = new AbortController().signal
        await engine.extractInfo({ url }, { jobId: 'a', folder, egress, signal, onProgress() {} })`,
        JSON.stringify({ options, url: source.url, folder: job.folder, proxyUrl: job.egress.proxyUrl }),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    try {
      await eventually(() => pidIn(job.folder) > 0, { timeoutMs: 20_000 })
      expect(isAlive(pidIn(job.folder))).toBe(true)
    } finally {
      worker.kill('SIGKILL')
    }
    await eventually(() => !isAlive(pidIn(job.folder)), { timeoutMs: 10_000 })
  }, 45_000)

  test(`${how}: a job that writes to its worker where nothing is to be said is killed`, async () => {
    const engine = stage.engineWith({ home, ...(warm && { warm: WARM }) })
    if (warm) expect(await engine.warmUp()).toBe(true)
    source.send(['import os, time', 'while True: os.write(200, bytes(65536))'])
    const job = await stage.job()
    await expect(engine.extractInfo({ url: source.url }, job)).rejects.toMatchObject({ code: 'internal_error' })
  }, 45_000)

  test(`${how}: neither the proxy’s password nor the address stands in a command line`, async () => {
    const engine = stage.engineWith({ ...(warm && { warm: WARM }) })
    if (warm) expect(await engine.warmUp()).toBe(true)
    const job = await stage.job()
    const secret = new URL(job.egress.proxyUrl).password
    expect(secret.length).toBeGreaterThan(10)
    const seen = new Set<string>()
    let lookedAt = false
    const path = '/jsonld?mark=not-for-everybody'
    const look = setInterval(() => {
      for (const line of commandLines()) seen.add(line)
      lookedAt ||= [...seen].some((line) => line.includes(`yt-dlp info ${job.folder}`))
    }, 5)
    try {
      await engine.extractInfo({ url: stage.site.url(path) }, job)
    } finally {
      clearInterval(look)
    }
    expect(lookedAt).toBe(true)
    expect([...seen].filter((line) => line.includes(secret) || line.includes('not-for-everybody'))).toEqual([])
  }, 45_000)
}

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return ''
      }
    })
}
