/**
 * Tests run straight from the TypeScript sources: no build comes before them. FULL=1 runs what takes minutes in place of the
 * others, LONG=1 what CI has no time for.
 */
const endings = { full: '.full.test.ts', long: '.long.test.ts' }
const chosen = process.env.LONG === '1' ? endings.long : process.env.FULL === '1' ? endings.full : '.test.ts'
const others = Object.values(endings).filter((ending) => ending !== chosen)

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@video-scraper/source', 'node', 'node-addons'] },
  testMatch: [`<rootDir>/{apps,packages,clients,e2e}/**/*${chosen}`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...others.map((ending) => `${ending.replaceAll('.', '\\.')}$`)],
  // Tools that were installed for the tests are no modules of ours.
  modulePathIgnorePatterns: ['<rootDir>/\\.runtime/', '<rootDir>/scripts/generators/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testTimeout: 60_000,
  maxWorkers: 2,
}
