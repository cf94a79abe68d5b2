/** The code that `npm run mutate` changes, by subject. */

/** `mutate`: the code. `tests`: what must notice. Only tests without processes are fast enough. */
export const SUBJECTS = {
  core: { mutate: ['packages/core/src/*.ts', '!packages/core/src/index.ts'], tests: ['packages/core/test/*.test.ts'] },
  // Without the test of generated captions, which takes three seconds for each change.
  transcript: {
    mutate: ['packages/core/src/transcript/*.ts'],
    tests: ['packages/core/test/transcript/transcript.test.ts'],
  },
  webhooks: {
    mutate: ['packages/webhooks/src/retry-schedule.ts'],
    tests: ['packages/webhooks/test/retry-schedule.test.ts'],
  },
  delivery: {
    mutate: [
      ...['byte-range', 'content-disposition', 'preconditions', 'http-date'].map((name) => `serve/${name}`),
      ...['media-type', 'slug', 'file-name'],
    ].map((name) => `packages/library/src/${name}.ts`),
    tests: ['content-disposition', 'delivery', 'http-date', 'file-name'].map(
      (name) => `packages/library/test/${name}.test.ts`,
    ),
  },
  progress: { mutate: ['packages/ytdlp/src/progress.ts'], tests: ['packages/ytdlp/test/progress.test.ts'] },
  failures: {
    mutate: ['packages/ytdlp/src/failures.ts', 'packages/ytdlp/src/own-words.ts', 'packages/ytdlp/src/source-times.ts'],
    tests: ['failure-rules', 'own-words'].map((name) => `packages/ytdlp/test/${name}.test.ts`),
  },
}
