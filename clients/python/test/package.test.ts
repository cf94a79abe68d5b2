/** The package as others get it: it builds, and works in an empty virtual environment. */
import { execFile } from 'node:child_process'
import { cp, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pythonClient, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)
const { python, base, pip } = pythonClient()

let folder: TemporaryFolder
/** The environment: a folder. */
let environment: string
let archives: string[]
beforeAll(async () => {
  folder = await temporaryFolder()
  const source = join(folder.path, 'source')
  // Apart from the tree, so that nothing else is found, and nothing is left there.
  for (const name of ['src', 'examples', 'pyproject.toml', 'README.md', 'api.md', 'CHANGELOG.md', 'LICENSE']) {
    await cp(join(ROOT, name), join(source, name), { recursive: true, filter: (path) => !path.includes('__pycache__') })
  }
  const out = join(folder.path, 'dist')
  await run(python, ['-m', 'build', '--no-isolation', '--outdir', out, source])
  archives = (await readdir(out)).sort()
  environment = join(folder.path, 'environment')
  await run(base, ['-I', '-m', 'venv', '--without-pip', environment])
  const wheel = join(out, archives.find((name) => name.endsWith('.whl')) ?? '')
  const [program = '', ...argv] = pip
  const install = ['--python', join(environment, 'bin/python'), 'install', '--no-index', '--no-deps', wheel]
  await run(program, [...argv, '--disable-pip-version-check', ...install])
  // What the wheel depends on, from the disk in place of an index: a folder of the environment of the tests.
  const paths = 'import sysconfig; print(sysconfig.get_path("purelib"))'
  const [here = '', there = ''] = await Promise.all(
    [join(environment, 'bin/python'), python].map(async (each) => (await run(each, ['-I', '-c', paths])).stdout.trim()),
  )
  await writeFile(join(here, 'dependencies.pth'), `${there}\n`)
}, 180_000)
afterAll(() => folder?.remove())

const inside = (program: string, argv: string[]) => run(join(environment, 'bin', program), argv, { cwd: folder.path })

test('there are a wheel and an archive of the sources', () => {
  expect(archives).toEqual(['video_scraper_client-1.0.0-py3-none-any.whl', 'video_scraper_client-1.0.0.tar.gz'])
})

test('an empty environment imports it from the wheel, with the mark that it is typed', async () => {
  const text = `
import importlib.metadata, importlib.resources, video_scraper
print(video_scraper.__file__.startswith(${JSON.stringify(environment)}))
print((importlib.resources.files(video_scraper) / 'py.typed').is_file())
print(importlib.metadata.version('video-scraper-client') == video_scraper.__version__)
print(sorted({path.parts[0].split('-')[0] for path in importlib.metadata.files('video-scraper-client')}))`
  const { stdout } = await inside('python', ['-c', text])
  expect(stdout.trim().split('\n')).toEqual(['True', 'True', 'True', "['..', 'video_scraper', 'video_scraper_client']"])
})

test('the command line is there', async () => {
  expect((await inside('video-scraper', ['--version'])).stdout).toBe('1.0.0\n')
  expect((await inside('python', ['-m', 'video_scraper', '--version'])).stdout).toBe('1.0.0\n')
})

test('it imports no more than what it says that it needs', async () => {
  const text = `
import sys; before = set(sys.modules); import video_scraper.command_line.run_command
import importlib.metadata, importlib.util
owners = importlib.metadata.packages_distributions()
roots = {name.split('.')[0] for name in set(sys.modules) - before}
print(sorted({owner for root in roots for owner in owners.get(root, [])}))`
  const { stdout } = await inside('python', ['-c', text])
  const known = ['anyio', 'certifi', 'h11', 'httpcore', 'httpx', 'idna', 'typing_extensions', 'video-scraper-client']
  for (const name of JSON.parse(stdout.replaceAll("'", '"'))) expect([...known, 'exceptiongroup']).toContain(name)
})
