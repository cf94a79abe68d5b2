/** The code that `npm run mutate` changes, by subject. */

/**
 * The parts of each subject, which are changed one after the other. `mutate`: the code. `tests`: what must notice, and no other, since
 * all of them are loaded anew for each change. Only tests without processes are fast enough.
 */
export const SUBJECTS = {
  core: [
    ...['backoff', 'format-id', 'job-failure', 'job-state', 'job-warning', 'retention', 'signal-with-timeout'],
    ...['source-url', 'start-wait', 'wait-until'],
  ]
    .map((name) => part('core', [name], [name]))
    .concat(part('core', ['containers', 'container-names'], ['containers'])),
  // Without the test of generated captions, which takes three seconds for each change.
  transcript: [
    part('core', ['transcript/transcript-forms'], ['transcript/transcript-forms']),
    part('core', ['transcript/join-texts'], ['transcript/join-texts']),
    part(
      'core',
      ['decode-captions', 'plain-text', 'read-cues', 'sentences', 'transcript', 'without-repeats'].map(
        (name) => `transcript/${name}`,
      ),
      ['transcript/transcript', 'transcript/caption-files'],
    ),
  ],
  webhooks: [part('webhooks', ['retry-schedule'], ['retry-schedule'])],
  delivery: [
    part('library', ['serve/byte-range', 'serve/preconditions'], ['delivery']),
    part('library', ['serve/content-disposition'], ['content-disposition']),
    part('library', ['serve/http-date'], ['http-date']),
    part('library', ['slug', 'file-name'], ['file-name']),
    part('library', ['media-type'], ['file-name', 'delivery']),
  ],
  progress: [part('ytdlp', ['progress'], ['progress'])],
  failures: [part('ytdlp', ['failures', 'own-words', 'source-times'], ['failure-rules', 'own-words'])],
}

function part(owner, sources, tests) {
  return {
    mutate: sources.map((name) => `packages/${owner}/src/${name}.ts`),
    tests: tests.map((name) => `packages/${owner}/test/${name}.test.ts`),
  }
}
