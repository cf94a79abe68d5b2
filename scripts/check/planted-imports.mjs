/** Proves that every import rule can fail: builds a small project outside the tree in which each of them is broken. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { cruise } from './cruise.mjs'

/** For each rule: a file, and what it must not import. */
const plantedImports = {
  'no-circles': ['packages/egress/src/one.ts', './two.ts'],
  'everything-is-found': ['packages/egress/src/lost.ts', './nowhere.ts'],
  'contracts-know-nobody': ['packages/contracts/src/planted.ts', '@video-scraper/core'],
  'core-knows-contracts': ['packages/core/src/planted.ts', '@video-scraper/store'],
  'store-knows-core': ['packages/store/src/planted.ts', '@video-scraper/queue'],
  'queue-knows-store': ['packages/queue/src/planted.ts', '@video-scraper/ytdlp'],
  'sandbox-knows-core': ['packages/sandbox/src/planted.ts', '@video-scraper/egress'],
  'ytdlp-knows-core': ['packages/ytdlp/src/planted.ts', '@video-scraper/queue'],
  'egress-knows-nobody': ['packages/egress/src/planted.ts', '@video-scraper/library'],
  'library-knows-core': ['packages/library/src/planted.ts', '@video-scraper/boot'],
  'webhooks-know-store': ['packages/webhooks/src/planted.ts', '@video-scraper/queue'],
  'cookies-know-store': ['packages/cookies/src/planted.ts', '@video-scraper/queue'],
  'boot-knows-nobody': ['packages/boot/src/planted.ts', '@video-scraper/core'],
  'core-does-nothing': ['packages/core/src/reads-files.ts', 'node:fs'],
  'apps-are-strangers': ['apps/api/src/planted.ts', '../../worker/src/worker.ts'],
  'the-gateway-knows-no-engine': ['apps/api/src/starts-engine.ts', '@video-scraper/ytdlp'],
  'routes-are-strangers': ['apps/api/src/jobs/routes/planted.ts', './neighbour.ts'],
  'views-are-pure': ['packages/views/src/planted.ts', '@video-scraper/queue'],
  'views-do-nothing': ['packages/views/src/reads-files.ts', 'node:fs'],
  'tasks-know-no-queue': ['apps/worker/src/tasks/planted.ts', '@video-scraper/queue'],
  'the-worker-speaks-no-http': ['apps/worker/src/planted.ts', 'fastify'],
  'one-importer-of-bullmq': ['apps/worker/src/second-importer.ts', 'bullmq'],
  'one-importer-of-youtube-dl-exec': ['apps/worker/src/third-importer.ts', 'youtube-dl-exec'],
  'one-importer-of-proxy-chain': ['apps/worker/src/fourth-importer.ts', 'proxy-chain'],
  'testkit-is-for-tests': ['apps/api/src/uses-testkit.ts', '@video-scraper/testkit'],
  'sources-know-no-tests': ['apps/api/src/uses-test.ts', '../test/some.ts'],
}

const packages = [
  'contracts',
  'core',
  'store',
  'queue',
  'ytdlp',
  'egress',
  'library',
  'boot',
  'views',
  'webhooks',
  'cookies',
  'testkit',
]
const libraries = ['bullmq', 'youtube-dl-exec', 'proxy-chain', 'fastify']
const exportsOfAPackage = { '.': { '@video-scraper/source': './src/index.ts', default: './dist/index.js' } }

function buildProject(root) {
  const write = (path, text) => {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, 'node_modules/@video-scraper'), { recursive: true })
  for (const name of packages) {
    write(`packages/${name}/package.json`, JSON.stringify({ type: 'module', exports: exportsOfAPackage }))
    write(`packages/${name}/src/index.ts`, 'export interface Thing { name: string }\n')
    symlinkSync(join(root, `packages/${name}`), join(root, `node_modules/@video-scraper/${name}`))
  }
  for (const name of libraries) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'module.exports = {}\n')
  }
  const bystanders = ['apps/worker/src/worker.ts', 'apps/api/src/jobs/routes/neighbour.ts', 'apps/api/test/some.ts']
  for (const path of [...bystanders, 'bench/some.ts', 'e2e/some.ts']) write(path, 'export const thing = 1\n')
  write('packages/egress/src/two.ts', "import './one.ts'\n")
  for (const [rule, [path, target]] of Object.entries(plantedImports)) write(path, plantedText(rule, target))
}

/** Types count too: an import that vanishes when compiling still ties two packages together. Only two rules are about values. */
function plantedText(rule, target) {
  const kind = ['views-are-pure', 'tasks-know-no-queue'].includes(rule) ? '' : 'type '
  return `import ${kind}{ Thing } from '${target}'\nexport { Thing as Planted }\n`
}

/** Throws an `UserFacingError` that names every rule that let its violation pass, or that nobody has planted one for. */
export async function checkPlantedImports() {
  const root = mkdtempSync(join(tmpdir(), 'video-scraper-planted-'))
  try {
    buildProject(root)
    const { violations } = await cruise(root)
    const { forbidden } = createRequire(import.meta.url)(`${projectRoot}/.dependency-cruiser.cjs`)
    const silent = forbidden
      .map(({ name }) => name)
      .filter((name) => !violations.some(({ rule, from }) => rule === name && from === plantedImports[name]?.[0]))
    if (silent.length > 0)
      throw new UserFacingError(`Rules that did not report the import planted for them: ${silent.join(', ')}`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
