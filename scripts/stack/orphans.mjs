/** Remembers the processes of a stack, so that the next start can end what a killed one has left behind. */
import { readFileSync, rmSync } from 'node:fs'
import { writeJsonWhole } from '../runtime/finished-folder.mjs'
import { identify, stillRuns } from '../runtime/process-identity.mjs'
import { say } from '../runtime/say.mjs'

const fileOf = (dataDir) => `${dataDir}/running.json`

/** How long a orphan may take to end by itself, once asked. */
const timeoutMs = 10_000

export function rememberMembers(dataDir, members) {
  const running = members.filter(({ hasEnded, pid }) => !hasEnded && pid !== undefined)
  writeJsonWhole(
    fileOf(dataDir),
    running.map(({ name, pid }) => ({ name, ...identify(pid) })),
  )
}

export function forgetMembers(dataDir) {
  rmSync(fileOf(dataDir), { force: true })
}

/** Ends what an earlier, killed start left running on this folder. Only for the holder of the folder's lock. */
export async function endOrphans(dataDir) {
  const orphans = remembered(dataDir).filter(stillRuns)
  if (orphans.length > 0) say(`Ending what an earlier start has left: ${orphans.map(({ name }) => name).join(', ')} …`)
  const deadline = Date.now() + timeoutMs
  for (const orphan of orphans) signal(orphan, 'SIGTERM')
  while (orphans.some(stillRuns)) {
    if (Date.now() > deadline) for (const orphan of orphans.filter(stillRuns)) signal(orphan, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  forgetMembers(dataDir)
}

/** It may end by itself between our look and our word. */
function signal({ pid }, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

function remembered(dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))
  } catch {
    return []
  }
}
