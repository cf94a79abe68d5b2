/** Every setting can be found: in `.env.example`, in docs/settings.md, and in the services of `docker compose`. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { ApiSettings } from '../../apps/api/src/config.ts'
import { WorkerSettings } from '../../apps/worker/src/config.ts'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** Part of the images, or of how the containers are put together. */
const fixed = {
  api: ['HOST', 'PORT', 'DATA_DIR'],
  // The worker gives out no links to a bucket.
  worker: ['DATA_DIR', 'PYTHON', 'YTDLP_HOME', 'YTDLP_UPDATES_DIR', 'FFMPEG', 'FFPROBE', 'S3_PUBLIC_ENDPOINT'],
}
/** What `npm start` finds by itself. */
const found = ['PYTHON', 'YTDLP_HOME', 'FFMPEG', 'FFPROBE']

const composition = read('docker-compose.yml')
const [, bucket = '', api = '', worker = ''] =
  /(x-bucket:.*?)(?=^services:).*?(^ {2}api:.*?)(^ {2}worker:.*?)^ {2}redis:/ms.exec(composition) ?? []

test.each([
  ['api', ApiSettings, api],
  ['worker', WorkerSettings, worker],
] as const)('each setting of the %s is explained, and passed on by compose', (app, { properties }, service) => {
  const names = Object.keys(properties)
  const missing = (text: string, pattern: (name: string) => RegExp, without: readonly string[] = []) =>
    names.filter((name) => !pattern(name).test(text) && !without.includes(name))
  // All at once, so that whoever adds a setting sees every place that lacks it.
  expect({
    '.env.example': missing(read('.env.example'), (name) => new RegExp(`^#${name}=`, 'm')),
    'docs/settings.md': missing(read('docs/settings.md'), (name) => new RegExp(`\`${name}\``), found),
    'docker-compose.yml': missing(`${bucket}${service}`, (name) => new RegExp(`^ +${name}:`, 'm'), fixed[app]),
  }).toEqual({ '.env.example': [], 'docs/settings.md': [], 'docker-compose.yml': [] })
  expect(service).toContain('<<: *bucket')
})

test('.env.example shows no setting that nobody reads', () => {
  const known = { ...ApiSettings.properties, ...WorkerSettings.properties }
  const shown = [...read('.env.example').matchAll(/^#([A-Z0-9_]+)=/gm)].map(([, name]) => name)
  expect(shown.filter((name) => !Object.hasOwn(known, String(name)))).toEqual([])
})
