/** An index of Python packages on loopback: the pinned packages, and versions of yt-dlp that tests make of the pinned one. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, createReadStream, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface MadeVersion {
  /** As the index spells it. */
  readonly version: string
  /** As yt-dlp tells it. */
  readonly reported: string
  /** The index has no more of it than what it is called. */
  readonly describedOnly?: boolean
}

interface PackageIndex {
  /** `http://127.0.0.1:PORT/simple/` */
  readonly url: string
  /** This version of yt-dlp is there from now on. */
  offer(version: string): void
  /** From now on these files are others under the same names. */
  replace(file: RegExp): void
  stop(): Promise<void>
}

const MAKER = fileURLToPath(new URL('make-wheels.py', import.meta.url))

interface IndexOptions {
  readonly python: string
  /** The pinned packages. */
  readonly home: string
  /** An empty folder for the wheels. */
  readonly folder: string
  readonly versions: readonly MadeVersion[]
}

export async function startPackageIndex({ python, home, folder, versions }: IndexOptions): Promise<PackageIndex> {
  await mkdir(folder, { recursive: true })
  await promisify(execFile)(python, ['-I', MAKER, home, folder, JSON.stringify(versions)])
  const digests = new Map<string, string>()
  for (const name of await readdir(folder)) digests.set(name, await digestOf(join(folder, name)))
  const offered = new Set<string>()
  const isOffered = (file: string): boolean => !file.startsWith('yt_dlp-') || offered.has(file.split('-')[1] ?? '')
  const server = createServer(({ url = '' }, response) => {
    const [, kind, name = ''] = url.split('/')
    if (kind === 'files' && digests.has(name)) {
      createReadStream(join(folder, name)).pipe(response)
      return
    }
    const isOf = (file: string): boolean => normalName(file.split('-')[0] ?? '') === normalName(name)
    const links = [...digests].filter(([file]) => isOf(file) && isOffered(file))
    const page = links.map(([file, digest]) => `<a href="/files/${file}#sha256=${digest}">${file}</a>`).join('\n')
    response.writeHead(links.length > 0 ? 200 : 404, { 'content-type': 'text/html' }).end(`<!doctype html>${page}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`,
    offer: (version) => void offered.add(version),
    replace(file) {
      for (const name of digests.keys()) {
        if (!file.test(name)) continue
        appendFileSync(join(folder, name), 'another')
        digests.set(
          name,
          createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex'),
        )
      }
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
