/** Installs the workspace's libraries and compiles its sources. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { writeJsonWhole } from './finished-folder.mjs'
import { projectRoot, runtimeFolder } from './paths.mjs'
import { identify, stillRuns } from './process-identity.mjs'
import { providePnpm } from './provide-pnpm.mjs'
import { mustRun } from './run-command.mjs'
import { say } from './say.mjs'

const lockfile = `${projectRoot}/pnpm-lock.yaml`
const modules = `${projectRoot}/node_modules`

/** Names the process of an installation while it runs, so that one whose setup was killed is known. */
const unfinishedMark = `${runtimeFolder}/workspace-unfinished.json`

/** What `npm start` needs compiled; the rest of the workspace is only type-checked. */
const programs = ['apps/api', 'apps/worker', 'packages/testkit']

function workspaceFolders() {
  const inside = (parent) => readdirSync(`${projectRoot}/${parent}`).map((name) => `${parent}/${name}`)
  return [...inside('apps'), ...inside('packages'), 'bench', 'e2e']
}

function lacksItsLibraries(folder) {
  const description = `${projectRoot}/${folder}/package.json`
  if (!existsSync(description)) return false
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(description, 'utf8'))
  const needsLibraries = Object.keys({ ...dependencies, ...devDependencies }).length > 0
  return needsLibraries && !existsSync(`${projectRoot}/${folder}/node_modules`)
}

/** Whether what is installed is what the lockfile says: pnpm keeps a copy of the lockfile it last obeyed. */
export function workspaceIsInstalled() {
  const obeyed = `${modules}/.pnpm/lock.yaml`
  if (existsSync(unfinishedMark) || !existsSync(obeyed) || !existsSync(`${modules}/.modules.yaml`)) return false
  return readFileSync(obeyed).equals(readFileSync(lockfile)) && !workspaceFolders().some(lacksItsLibraries)
}

/** Installs exactly what the lockfile says, unless it is there. */
export async function installWorkspace() {
  if (workspaceIsInstalled()) return
  say('Installing the libraries of the workspace …')
  await awaitOrphan()
  writeJsonWhole(unfinishedMark, {})
  const argv = [await providePnpm(), 'install', '--frozen-lockfile']
  // Without CI, pnpm may stop to ask a question that nobody sees.
  const env = { ...process.env, CI: 'true' }
  const onStart = (pid) => writeJsonWhole(unfinishedMark, identify(pid))
  await mustRun('The libraries of the workspace could not be installed', process.execPath, argv, { env, onStart })
  rmSync(unfinishedMark)
}

/** A setup that was killed may have left its installation running. Two at once could spoil each other's work. */
async function awaitOrphan() {
  const orphan = existsSync(unfinishedMark) ? JSON.parse(readFileSync(unfinishedMark, 'utf8')) : {}
  while (stillRuns(orphan)) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** Compiles the two programs and what they are made of; quick when nothing has changed. */
export async function buildWorkspace() {
  if (!existsSync(`${projectRoot}/apps/api/dist`)) say('Building …')
  const tsc = `${modules}/typescript/bin/tsc`
  await mustRun('The sources do not compile', process.execPath, [tsc, '-b', ...programs])
}
