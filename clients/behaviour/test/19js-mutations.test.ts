import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { startDriver } from '../src/driver.ts'
import { scenariosOf } from '../src/read-scenarios.ts'
import { runScenario } from '../src/run-scenario.ts'
import { type Surroundings, setTheScene } from '../src/surroundings.ts'

const js = (path: string) => fileURLToPath(new URL(`../../js/${path}`, import.meta.url))
let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene()
}, 150000)
afterAll(() => scene?.stop())
const all = ['webhooks', 'errors', 'retries', 'waits', 'files'].flatMap(scenariosOf)
test.each([
  [
    'calls.js',
    "'idempotency-key': idempotencyKey ?? randomKey()",
    "'idempotency-key': randomKey()",
    'errors come as groups',
  ],
  ['calls.js', 'keyed ? {', 'false ? {', 'a start that never arrived'],
  ['calls.js', '|| isKeyed', '|| true', 'a POST without a key is sent once'],
  ['client.js', "{ 'last-event-id': lastEventId }", '{}', 'a stream that is cut'],
  ['node/save-file.js', 'digest === file.sha256.toLowerCase()', 'true', 'a file that was changed on its way'],
  ['node/save-file.js', 'range: `bytes=${partial.size}-`', '', 'a file that breaks off'],
  ['retries.js', 'retryAfter > LONGEST_RETRY_AFTER_S', 'false && retryAfter > 9', 'nobody waits longer'],
  ['webhooks.js', 'Math.abs(now - Number(timestamp))', '(now - Number(timestamp))', 'clocks may be'],
  ['transport.js', "url.replace(/\\?.*$/, '')", 'url', 'the key is sent, and is in no log'],
  ['wait.js', 'options.cancelOnAbort && known', 'false', 'after the deadline'],
  ['calls.js', '/^\\.{0,2}$/.test(value)', 'false', 'an argument that leads elsewhere'],
  ['wait.js', "if (type !== 'snapshot' && type !== 'end')", 'if (false)', 'one version newer'],
] as const)('%s: %s', async (file, from, to, title) => {
  const path = js(`dist/esm/${file}`)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  const scenario = all.find((each) => each.title.includes(title))
  if (!scenario) throw new Error(title)
  const folder = await temporaryFolder()
  await mkdir(join(folder.path, 'x'))
  await writeFile(path, text.replace(from, to))
  const driver = startDriver([process.execPath, js('test/driver.mjs')])
  try {
    const problems = await Promise.race([
      runScenario(scenario, driver, scene, join(folder.path, 'x')),
      new Promise<string[]>((r) => setTimeout(() => r(['time']), 20000)),
    ])
    console.log(file, title, problems)
    expect(problems).not.toEqual([])
  } finally {
    await writeFile(path, text)
    await Promise.race([driver.stop(), new Promise((r) => setTimeout(r, 3000))])
    await folder.remove()
  }
})
