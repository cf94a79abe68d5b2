/** Tests run straight from the TypeScript sources: no build comes before them. FULL=1 adds what takes minutes. */
const full = process.env.FULL === '1'

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@video-scraper/source', 'node', 'node-addons'] },
  testMatch: full
    ? ['<rootDir>/{apps,packages,clients,e2e}/**/*.full.test.ts']
    : ['<rootDir>/{apps,packages,clients,e2e}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(full ? [] : ['\\.full\\.test\\.ts$'])],
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
