/** API keys, made by the command line of the earlier build. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One that is good, one that was revoked, and one that was rotated: its secret of before is accepted no more. */
export async function createKeys({ root, redisUrl }) {
  const command = async (...words) => {
    const env = { PATH: process.env.PATH, REDIS_URL: redisUrl }
    const { stdout } = await run(process.execPath, [join(root, 'apps/api/dist/keys.js'), ...words, '--json'], { env })
    return JSON.parse(stdout)
  }
  const create = (name) => command('create', '--name', name, '--scope', 'read', '--scope', 'write', '--scope', 'admin')
  const good = await create('good')
  const revoked = await create('revoked')
  await command('revoke', revoked.id)
  const before = await create('rotated')
  const rotated = await command('rotate', before.id, '--grace', '0')
  return { good, revoked, before, rotated }
}
