/**
 * `npm run mutate -- core`: changes pure code in many small ways, one at a time, and says which changes no test notices. Takes
 * minutes for each subject, so nothing but people runs it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStryker } from './mutation/run-stryker.mjs'
import { SUBJECTS } from './mutation/subjects.mjs'
import { lockedPackages } from './runtime/locked-packages.mjs'
import { projectRoot } from './runtime/paths.mjs'
import { providePnpm } from './runtime/provide-pnpm.mjs'
import { mustRun } from './runtime/run-command.mjs'
import { say, tell, UserFacingError } from './runtime/say.mjs'

await tell(async () => {
  const names = process.argv.slice(2)
  const known = Object.keys(SUBJECTS)
  const unknown = names.filter((name) => !Object.hasOwn(SUBJECTS, name))
  if (names.length === 0 || unknown.length > 0) {
    throw new UserFacingError(`Say what to change: npm run mutate -- ${known.join(' | ')}. Several are fine.`)
  }
  const tools = await lockedPackages('mutation', 'Stryker')
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-mutation-'))
  try {
    await copyProject(folder)
    for (const name of names) {
      say(`Changing ${name} …`)
      for (const part of SUBJECTS[name]) runStryker(folder, tools, part)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The tool writes into the files that it changes, so it gets a copy of what is committed. */
async function copyProject(folder) {
  await mustRun('The project could not be copied', 'git', ['clone', '--quiet', projectRoot, folder])
  const argv = [await providePnpm(), 'install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts']
  await mustRun('The packages could not be installed', process.execPath, argv, {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  })
}
