/** Remembers for which inputs the tools were provided, so that a setup with nothing to do is over at once. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isExecutable } from './find-program.mjs'
import { pythonsInPath } from './find-python.mjs'
import { writeJsonWhole } from './finished-folder.mjs'
import { manifestFile, projectRoot, stampFile } from './paths.mjs'

/** Everything that decides which tools are provided. The project's own place is among it: the manifest holds absolute paths. */
function inputs() {
  const scripts = `${projectRoot}/scripts`
  const files = [
    ...readdirSync(`${scripts}/runtime`).map((name) => `${scripts}/runtime/${name}`),
    ...readdirSync(scripts)
      .filter((name) => name.startsWith('requirements'))
      .map((name) => `${scripts}/${name}`),
  ]
  const hash = createHash('sha256').update(`${projectRoot}\0${process.arch}\0${pythonsInPath()}`)
  for (const file of files.sort()) hash.update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The manifest, if it still holds for the inputs and all its programs are still there; else undefined. */
export function validManifest() {
  const manifest = readJson(manifestFile)
  if (!manifest || readJson(stampFile)?.inputs !== inputs()) return undefined
  const { python, ffmpeg, ffprobe, deno, redisServer } = manifest
  if (!redisServer && !process.env.REDIS_URL) return undefined
  return [python, ffmpeg, ffprobe, deno, ...(redisServer ? [redisServer] : [])].every(isExecutable)
    ? manifest
    : undefined
}

/** Writes the manifest first and the stamp last: a stamp never vouches for a manifest that is not there. */
export function keepManifest(manifest) {
  writeJsonWhole(manifestFile, manifest)
  writeJsonWhole(stampFile, { inputs: inputs() })
}
