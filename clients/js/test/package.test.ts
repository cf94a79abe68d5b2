/** The package as others get it: it builds, its types fit both kinds of modules, it is small, and it works in an empty project. */
import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { build } from 'esbuild'

const MOST_BYTES = 12_000
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const COMPILER = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
const run = promisify(execFile)

let folder: TemporaryFolder
let archive: string
let project: string
beforeAll(async () => {
  folder = await temporaryFolder()
  await run(process.execPath, [join(ROOT, 'scripts/build.mjs')])
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder.path], { cwd: ROOT })
  const [name = ''] = await readdir(folder.path)
  archive = join(folder.path, name)
  project = join(folder.path, 'project')
  await mkdir(project)
  await writeFile(join(project, 'package.json'), '{ "name": "empty", "private": true }')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive], { cwd: project })
}, 180_000)
afterAll(() => folder?.remove())

const bundled = async (source: string, platform: 'browser' | 'node' = 'browser') => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform,
  })
  return gzipSync(outputFiles[0]?.contents ?? '').length
}

test('it is at most 12 kB compressed, and less when less is used', async () => {
  const whole = await bundled('export * from "@video-scraper/client"')
  expect(whole).toBeLessThanOrEqual(MOST_BYTES)
  // With what needs a disk.
  expect(
    await bundled('export * from "@video-scraper/client"; export * from "@video-scraper/client/node"', 'node'),
  ).toBeLessThanOrEqual(MOST_BYTES)
  expect(await bundled('export { verifyWebhook } from "@video-scraper/client"')).toBeLessThan(whole / 3)
  expect(await bundled('import "@video-scraper/client"')).toBeLessThan(100)
})

test('it depends on nothing', async () => {
  expect(await readdir(join(project, 'node_modules/@video-scraper'))).toEqual(['client'])
  expect((await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
    '@video-scraper',
  ])
})

test('ESM and CommonJS both get it', async () => {
  await writeFile(
    join(project, 'esm.mjs'),
    `import { VideoScraper } from '@video-scraper/client'; import { save } from '@video-scraper/client/node'
    console.log(typeof new VideoScraper().info, typeof save)`,
  )
  await writeFile(
    join(project, 'common.cjs'),
    `const { VideoScraper } = require('@video-scraper/client'); const { save } = require('@video-scraper/client/node')
    console.log(typeof new VideoScraper().info, typeof save)`,
  )
  for (const file of ['esm.mjs', 'common.cjs']) {
    expect((await run(process.execPath, [file], { cwd: project })).stdout.trim()).toBe('function function')
  }
})

test('its types hold in a project for browsers, without those of Node, as ESM and as CommonJS', async () => {
  const source = `import { VideoScraper, JobFailedError, type Download } from '@video-scraper/client'
    const client = new VideoScraper({ baseUrl: 'https://video.example' })
    export async function name(url: string): Promise<string> {
      const job: Download = await client.getDownload(url)
      if (job.status === 'completed') return job.filename
      // @ts-expect-error Only a completed download has a file.
      job.filename
      if (job.status === 'failed') throw new JobFailedError(job)
      const { data } = await client.call('getInfoJob', { path: { job_id: url } })
      return data.status === 'completed' && data.kind === 'info' ? (data.video_info.title ?? '') : ''
    }`
  await writeFile(join(project, 'a.mts'), source)
  await writeFile(join(project, 'b.cts'), source)
  const argv = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom', '--types', '', 'a.mts', 'b.cts']
  await run(process.execPath, [COMPILER, ...argv], { cwd: project })
})

test('publint and are-the-types-wrong find nothing', async () => {
  const bin = (name: string) => join(ROOT, 'node_modules/.bin', name)
  await run(bin('publint'), ['run', archive, '--strict'])
  await run(bin('attw'), [archive, '--profile', 'node16', '--no-emoji'])
}, 120_000)
