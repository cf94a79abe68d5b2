/** `docs/errors.md`, drawn from the compiled tables of codes, and whether the file in the tree is that. */
import { readFileSync, writeFileSync } from 'node:fs'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'

const file = `${projectRoot}/docs/errors.md`

export async function writeErrorDocument() {
  writeFileSync(file, await errorDocument())
}

/** Throws an `UserFacingError` when the tables have changed and the file has not. */
export async function checkErrorDocument() {
  if (readFileSync(file, 'utf8') === (await errorDocument())) return
  throw new UserFacingError('docs/errors.md is not what the tables of codes say. Run npm run openapi.')
}

const again = (retryable) => (retryable ? 'yes' : 'no')

async function errorDocument() {
  const { requestErrors } = await import(`${projectRoot}/packages/contracts/dist/index.js`)
  const { failureRules, warningSentences } = await import(`${projectRoot}/packages/core/dist/index.js`)
  const refusals = Object.entries(requestErrors).map(
    ([code, { status, retryable, message }]) => `| \`${code}\` | ${status} | ${again(retryable)} | ${message} |`,
  )
  const failures = Object.entries(failureRules).map(
    ([code, { retryable, message, nextStep }]) => `| \`${code}\` | ${again(retryable)} | ${message} | ${nextStep} |`,
  )
  const warnings = Object.entries(warningSentences).map(([code, message]) => `| \`${code}\` | ${message} |`)
  return `# Errors

Drawn from \`packages/contracts/src/errors.ts\`, and \`job-failure.ts\` and \`job-warning.ts\` in \`packages/core/src\`; \`npm run openapi\` writes
this page. A code never changes its meaning; sentences may become better ones.

## Refusals: the request gets no answer but an error

\`{ "error": sentence, "status_code": status, "code": code, "retryable": whether the same request may work later }\`, and for
\`invalid_request\` often \`details\`, one entry for each problem. With 429 and 503 \`Retry-After\` says how many seconds to wait.

| Code | Status | Retryable | Sentence |
|---|---|---|---|
${refusals.join('\n')}

## Failures: the job ended badly

In the status of the job, which is a 200: \`error\` begins with "Unable to extract video information: " or "Download failed: ", and
\`next_step\` says what to do. Retryable failures are tried three times by the queue itself, with growing waits, before the job
fails. Until then \`last_error\` (\`code\` and \`error\`) says why the last attempt failed, and \`next_attempt_at\` when the next one
is due.

| Code | Retryable | Sentence | Next step |
|---|---|---|---|
${failures.join('\n')}

## Warnings: the job does without

In \`warnings\` of a job that runs, has completed or has failed: what its latest attempt could not have, each code once.
A job that is answered with what an earlier one found out tells that one's warnings as well.

| Code | Sentence |
|---|---|
${warnings.join('\n')}
`
}
