/** Speaks to the API the way a person would: prints a curl command, runs it, prints the answer. */
import { writeFileSync } from 'node:fs'
import { findProgram } from '../runtime/find-program.mjs'
import { runCommand } from '../runtime/run-command.mjs'
import { say, UserFacingError } from '../runtime/say.mjs'

const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)

/**
 * Sends one request. `body` is sent as JSON; `saveAs` names a file for the answer.
 * Resolves to the text of the answer; a status of 400 or more is an `UserFacingError`.
 */
export async function curl({ url, body, saveAs }) {
  const argv = [
    ...(body ? ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)] : []),
    ...(saveAs ? ['-o', saveAs] : []),
    url,
  ]
  say(`$ curl -s ${argv.map(quote).join(' ')}`)
  return findProgram('curl') ? await withCurl(argv) : await withoutCurl({ url, body, saveAs })
}

async function withCurl(argv) {
  const { code, output } = await runCommand('curl', [
    '-s',
    '-S',
    '--fail-with-body',
    '--max-time',
    '30',
    '--noproxy',
    '*',
    ...argv,
  ])
  if (code !== 0) throw new UserFacingError(`curl failed with code ${code}: ${output}`)
  return output
}

/** The same request for a machine on which nobody has installed curl. */
async function withoutCurl({ url, body, saveAs }) {
  const request = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {}
  const reply = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) })
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!reply.ok) throw new UserFacingError(`The answer was ${reply.status}: ${bytes}`)
  if (!saveAs) return bytes.toString()
  writeFileSync(saveAs, bytes)
  return ''
}
