/** Asked as a browser from the beginning, a hostile source leads nowhere: every connection of the job is seen by `strace`. */
import { accessSync, chmodSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Listener, startListener, temporaryFolder } from '@video-scraper/testkit'
import { changedYtdlp } from './changed-ytdlp.ts'
import { type Stage, startStage } from './stage.ts'

const STRACE = '/usr/bin/strace'
const hasStrace = ((): boolean => {
  try {
    accessSync(STRACE, constants.X_OK)
    return true
  } catch {
    return false
  }
})()

let stage: Stage
let inside: Listener
let root: Awaited<ReturnType<typeof temporaryFolder>>
let home: string
beforeAll(async () => {
  stage = await startStage({ scheme: 'https', warm: null })
  inside = await startListener()
  root = await temporaryFolder()
  const forced = (source: string): string => source.replace("('impersonate', ['false'])", "('impersonate', ['chrome'])")
  home = changedYtdlp(stage.options.home, join(root.path, 'home'), { 'yt_dlp/extractor/generic.py': forced })
})
afterAll(async () => {
  await stage.stop()
  await inside.stop()
  await root.remove()
})

let runs = 0

/** A Python whose calls on the network are written to a file. The tracer is a child, so that it stays the worker's own. */
function tracedPython(): { python: string; trace: string } {
  runs += 1
  const [python, trace] = [join(root.path, `python-${runs}`), join(root.path, `trace-${runs}`)]
  writeFileSync(
    python,
    `#!/bin/sh\nexec ${STRACE} -D -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o ${trace} ${stage.options.python} "$@"\n`,
  )
  chmodSync(python, 0o755)
  return { python, trace }
}

/** Where each call went to that names an address of the internet. */
const targetsIn = (trace: string): string[] =>
  readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, port, address] = /sin6?_port=htons\((\d+)\).*?"([^"]+)"/.exec(line) ?? []
      return port === undefined ? [] : [`${address}:${port}`]
    })

const at = (target: string): string => target.replace('PORT', String(inside.port))
const CASES: readonly (readonly [what: string, path: string, query: Record<string, string>])[] = [
  ...[
    'https://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT/',
    'https://[::1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'https://localhost:PORT/',
    'ftp://127.0.0.1:PORT/',
    'gopher://127.0.0.1:PORT/_x',
    'dict://127.0.0.1:PORT/x',
    'file:///etc/passwd',
    'ws://127.0.0.1:PORT/',
    'smb://127.0.0.1/share/x',
    '//127.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
  ].map((to) => [`a redirect to ${to}`, '/redirect', { to }] as const),
  ['two redirects', '/redirect', { to: '/redirect?to=https%3A%2F%2F127.0.0.1%3APORT%2F' }],
  ['a video inside', '/page', { src: 'https://127.0.0.1:PORT/video.mp4' }],
  ['services elsewhere (RFC 7838)', '/browsers-only/page', { elsewhere: '127.0.0.1:PORT' }],
]

const whereThereIs = hasStrace ? test : test.skip

whereThereIs.each(CASES)('with %s nothing but the proxy is connected to', async (_what, path, query) => {
  const { python, trace } = tracedPython()
  const engine = stage.engineWith({ home, python })
  const job = await stage.job()
  const filled = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, at(value)]))
  await engine.download({ url: stage.site.url(path, filled), options: {} }, job).catch(() => undefined)
  const targets = targetsIn(trace)
  expect(targets.length).toBeGreaterThan(0)
  const proxy = `127.0.0.1:${new URL(job.egress.proxyUrl).port}`
  expect([...new Set(targets)]).toEqual([proxy])
  expect(inside.connections()).toEqual([])
})
