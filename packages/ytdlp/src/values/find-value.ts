/** Has a site's own extractor find a value: in the sandbox of a job, in a process that is given nothing of any job. */
import { rm } from 'node:fs/promises'
import { Stop } from '@video-scraper/core'
import { argumentsOf } from '../argv.ts'
import type { EngineParts, JobContext, ValuesOptions } from '../engine-options.ts'
import { environmentOf } from '../environment.ts'
import { parseEvent } from '../events.ts'
import { limitsOf } from '../job-bounds.ts'
import type { JobUser } from '../job-users/job-users.ts'
import { withoutAddresses } from '../own-words.ts'
import { runYtdlp } from '../run.ts'
import { settingsOf } from '../runner-settings.ts'
import { NO_ADDRESS } from '../spawn-python.ts'
import { openOwnFolder } from './own-folder.ts'
import { type ValueName, valueKinds } from './value-kinds.ts'

const WRITTEN_BYTES_MAX = 2 ** 20
/** Of all its files: the scripts of a page at most. */
const FOLDER_BYTES_MAX = 8 * 2 ** 20
const TIMEOUT_MS = 60_000

/** Resolves with what the extractor found, in no form yet. Rejects where it found nothing within a minute. */
export async function findValue(
  engine: EngineParts,
  { admit, folder: parent }: ValuesOptions,
  name: ValueName,
  signal: AbortSignal,
): Promise<string> {
  const folder = await openOwnFolder(parent)
  const egress = admit(`value-${name}`)
  try {
    return await findAs(engine.users?.take() ?? null, engine, { folder, name, egress, signal })
  } finally {
    egress.revoke()
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** `user`: null for that of the worker. */
async function findAs(user: JobUser | null, engine: EngineParts, finding: Finding): Promise<string> {
  try {
    await user?.own(finding.folder)
    return await findIn(engine, { ...finding, ...(user && { user: user.settings }) })
  } finally {
    await user?.release(finding.folder)
  }
}

interface Finding {
  readonly folder: string
  readonly name: ValueName
  readonly egress: JobContext['egress']
  readonly signal: AbortSignal
  readonly user?: object
}

async function findIn(engine: EngineParts, { folder, name, egress, signal, ...user }: Finding): Promise<string> {
  const overdone = new AbortController()
  const limits = limitsOf(engine, 'info')
  const { extractor, section, key } = valueKinds[name]
  const { python, ffmpegLocation, denoPath } = engine
  let found: string | null = null
  let complaint = ''
  const { exitCode, diagnostics } = await runYtdlp({
    python,
    settings: {
      ...settingsOf(engine, 'info', { folder, egress }),
      mode: 'find',
      value: { extractor, section, key },
      maxWrittenBytes: WRITTEN_BYTES_MAX,
      memoryBytes: limits.memoryBytes,
      ...user,
    },
    argv: argumentsOf({
      mode: 'info',
      folder,
      proxyUrl: egress.proxyUrl,
      ffmpegLocation,
      denoPath,
      options: {},
      extractorArguments: engine.extractorArguments(),
    }),
    // The library wants an address; no extractor reads it in this mode.
    url: NO_ADDRESS,
    cwd: folder,
    env: environmentOf(folder, ffmpegLocation, limits),
    signal: AbortSignal.any([signal, overdone.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    onLine(line) {
      const event = parseEvent(line)
      if (event?.event === 'value') found = event.value
      if (event?.event === 'error') complaint = event.message
    },
    onStart: (leader) =>
      engine.consumption.watch(leader, limits, (overrun) => overdone.abort(new Stop(overrun)), {
        path: folder,
        bytesMax: FOLDER_BYTES_MAX,
      }),
  })
  if (exitCode !== 0 || found === null)
    throw new Error(`Nothing was found: ${withoutAddresses(complaint || diagnostics)}`)
  return found
}
