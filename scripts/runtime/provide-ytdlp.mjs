/** Provides yt-dlp: one immutable, compiled folder per version, to be put on Python's module path. */
import { readFileSync } from 'node:fs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { pinnedVersion, pip, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say } from './say.mjs'

/** pip drops zeros that yt-dlp writes: 2026.7.4 is 2026.07.04. */
const asReleased = (version) =>
  version
    .split('.')
    .map((part) => part.padStart(2, '0'))
    .join('.')

/** Resolves to `{ ytdlp, ytdlpVersion, deno }`: the folder, the version as yt-dlp tells it, and the JavaScript runtime. */
export async function provideYtdlp(python) {
  const version = asReleased(pinnedVersion('ytdlp', 'yt-dlp'))
  // Compiled modules and binary extensions belong to one version of Python and one kind of processor.
  const folder = `${runtimeFolder}/yt-dlp-${version}-${shortHash('ytdlp', python.tag, process.arch)}`
  await finishedFolder(folder, ['bin/deno', 'bin/yt-dlp'], async (unfinished) => {
    say(`Installing yt-dlp ${version} for Python ${python.version} …`)
    await pip(python, 'ytdlp', ['install', '--no-compile', '--target', unfinished])
    await compile(python, unfinished, folder)
  })
  return { ytdlp: folder, ytdlpVersion: versionOf(folder), deno: `${folder}/bin/deno` }
}

/** Compiled once and never compared with the sources again: the folder does not change, and each start saves the look. */
function compile(python, unfinished, folder) {
  const argv = [
    '-m',
    'compileall',
    '-q',
    '-j',
    '0',
    '--invalidation-mode',
    'unchecked-hash',
    '-s',
    unfinished,
    '-p',
    folder,
  ]
  return mustRun('yt-dlp could not be compiled', python.path, [...argv, unfinished])
}

function versionOf(folder) {
  return /__version__ = '([^']+)'/.exec(readFileSync(`${folder}/yt_dlp/version.py`, 'utf8'))[1]
}
