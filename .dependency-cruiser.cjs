/** Who may import whom. Each rule is a sentence about the project (ARCHITECTURE.md shows the map). */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** The sources of a package may import these packages (itself among them) and no other part of the workspace. */
const package = (name, folder, mayImport) =>
  forbid(
    name,
    `${folder} imports no other part of the workspace than ${mayImport.join(', ')}.`,
    { path: `^${folder}/` },
    { path: '^(apps|packages|bench|e2e|scripts)/', pathNot: `^(${mayImport.join('|')})(/|$)` },
  )

const packages = (...names) => names.map((name) => `packages/${name}`)

/** A library that one package alone may speak to. */
const onlyImporter = (library, folder) =>
  forbid(
    `one-importer-of-${library}`,
    `Only ${folder} imports ${library}.`,
    { path: '^(apps|packages|e2e)/', pathNot: `^${folder}/` },
    { path: `node_modules/${library}/` },
  )

module.exports = {
  forbidden: [
    forbid('no-circles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    forbid('everything-is-found', 'An import leads to a file that is there.', {}, { couldNotResolve: true }),

    package('contracts-know-nobody', 'packages/contracts/src', packages('contracts')),
    package('core-knows-contracts', 'packages/core/src', packages('core', 'contracts')),
    package('store-knows-core', 'packages/store/src', packages('store', 'core', 'contracts')),
    package('queue-knows-store', 'packages/queue/src', packages('queue', 'store', 'core', 'contracts')),
    package('sandbox-knows-core', 'packages/sandbox/src', packages('sandbox', 'core', 'contracts')),
    package('ytdlp-knows-core', 'packages/ytdlp/src', packages('ytdlp', 'sandbox', 'core', 'contracts')),
    package('egress-knows-nobody', 'packages/egress/src', packages('egress')),
    package('library-knows-core', 'packages/library/src', packages('library', 'core', 'contracts')),
    package('webhooks-know-store', 'packages/webhooks/src', packages('webhooks', 'store', 'boot', 'core', 'contracts')),
    package('cookies-know-store', 'packages/cookies/src', packages('cookies', 'store', 'boot', 'core', 'contracts')),
    package('boot-knows-nobody', 'packages/boot/src', packages('boot')),
    forbid(
      'core-does-nothing',
      'Rules and words are pure: no file, no clock, no network, so nothing of Node.',
      { path: '^packages/(contracts|core)/src/' },
      { dependencyTypes: ['core'] },
    ),

    forbid(
      'apps-are-strangers',
      'The gateway and the worker meet only in Redis and in the library.',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'the-gateway-knows-no-engine',
      'Only the worker runs yt-dlp and lets bytes out.',
      { path: '^apps/api/src/' },
      { path: '^packages/(ytdlp|egress)/' },
    ),
    forbid(
      'routes-are-strangers',
      'A route is read alone: what two of them share is passed in.',
      { path: '^apps/api/src/[^/]+/routes/' },
      { path: '^apps/api/src/([^/]+/routes/|[^/]+/[^/]+-routes\\.ts$|(app|main)\\.ts$)' },
    ),
    // Types of other packages may pass here (scripts/check/type-imports.mjs): a view must know the shape that it shows.
    package('views-are-pure', 'packages/views/src', packages('views', 'core', 'contracts')),
    forbid(
      'views-do-nothing',
      'A view turns what is true into what is said, and does nothing else.',
      { path: '^packages/views/src/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(url|path)$' },
    ),
    forbid(
      'tasks-know-no-queue',
      'A task is a function from payload to result; how the payload came is not its business.',
      { path: '^apps/worker/src/tasks/' },
      { path: '^packages/queue/|node_modules/(bullmq|ioredis)/' },
    ),
    forbid(
      'the-worker-speaks-no-http',
      'The worker serves nobody.',
      { path: '^apps/worker/' },
      { path: 'node_modules/fastify/' },
    ),

    onlyImporter('bullmq', 'packages/queue'),
    onlyImporter('youtube-dl-exec', 'packages/ytdlp'),

    forbid(
      'testkit-is-for-tests',
      'Nothing that runs in production imports what is made for tests.',
      { path: '^(apps|packages)/[^/]+/src/', pathNot: '^packages/testkit/' },
      { path: '^packages/testkit/' },
    ),
    forbid(
      'sources-know-no-tests',
      'Tests import sources, never the other way.',
      { path: '/src/' },
      { path: '^((apps|packages)/[^/]+/test|e2e|bench)/' },
    ),
  ],
  options: {
    // TypeScript 7 has no interface for tools, so swc reads the sources.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The programs of e2e/clients import what generators make in a folder of the test's own.
    exclude: { path: '(^|/)dist/|^e2e/clients/' },
    enhancedResolveOptions: {
      conditionNames: ['@video-scraper/source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
