/** Starts the local video site of the tests, so that the demo needs nobody else's server. */
import { createInterface } from 'node:readline'
import { UserFacingError } from '../runtime/say.mjs'
import { startMember } from '../stack/processes.mjs'

const file = 'packages/testkit/dist/serve-video-site.js'

/** Resolves to `{ member, origin }` once the site listens on a free port of loopback. */
export async function startVideoSite({ ffmpeg, variables }) {
  const env = { ...variables, HOST: '127.0.0.1', PORT: '0', FFMPEG: ffmpeg }
  const stdio = ['ignore', 'pipe', 'inherit']
  const member = startMember({ name: 'The video site', command: process.execPath, argv: [file], env, stdio })
  const firstLine = new Promise((resolve) => createInterface({ input: member.child.stdout }).once('line', resolve))
  const origin = await Promise.race([firstLine, member.ended.then(() => undefined)])
  if (!origin) throw new UserFacingError('The video site did not start.')
  return { member, origin }
}
