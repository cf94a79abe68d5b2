/** One zygote: a Python process that has yt-dlp ready and forks children that report at the forkSocket. */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { endGroup, signalGroup } from '@video-scraper/sandbox'
import { argumentsOf } from '../argv.ts'
import type { EngineParts } from '../engine-options.ts'
import { NO_ADDRESS, spawnPython, TITLE_PADDING } from '../spawn-python.ts'
import { openForkServerSocket, type WaitingChild } from './fork-server-socket.ts'

const ZYGOTE = fileURLToPath(new URL('../../python/zygote.py', import.meta.url))
/** Nobody listens on the discard port, and nobody is asked: the rehearsal is answered in the process. */
const NO_PROXY = 'http://127.0.0.1:9'

export interface Zygote {
  readonly pid: number
  /** Orders a child. Does nothing once the zygote has ended. */
  fork(order: 'now' | 'ahead'): void
  /** Resolves with what it wrote to standard error when the process has ended, however that came about. */
  readonly ended: Promise<string>
  /** Its children live on: they belong to the worker, not to the zygote. */
  end(): Promise<void>
}

interface ZygoteRequest {
  readonly engine: EngineParts
  readonly readyWithinMs: number
  /** Gives up waiting. */
  readonly signal: AbortSignal
  readonly onChild: (child: WaitingChild) => void
}

/** Resolves when it is ready to fork. Rejects, with nothing left behind, where it is not in time. */
export async function startZygote({ engine, readyWithinMs, signal, onChild }: ZygoteRequest): Promise<Zygote> {
  const { python, home, ffmpegLocation, denoPath, authorityFile = null, legacyTls = false } = engine
  const forkSocket = await openForkServerSocket(onChild)
  try {
    const { child, pid } = await spawnPython(python, [ZYGOTE, TITLE_PADDING], NO_ADDRESS, {
      cwd: '/',
      env: { PATH: ffmpegLocation, HOME: '/nonexistent', LANG: 'C.UTF-8', YTDLP_NO_PLUGINS: '1' },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    })
    const orders = child.stdio[0] as Socket
    const words = collect(child.stdio[2] as Socket)
    const ended = new Promise<string>((resolve) => child.once('exit', () => resolve(words())))
    orders.on('error', () => undefined)
    const known = { folder: '/', proxyUrl: NO_PROXY, ffmpegLocation, denoPath, options: {} }
    const settings = {
      home,
      parentPid: process.pid,
      socket: forkSocket.path,
      token: forkSocket.token,
      argv: argumentsOf({ mode: 'info', ...known }),
      downloadArgv: argumentsOf({ mode: 'download', ...known }),
      ffmpegLocation,
      authorityFile,
      legacyTls,
      sandbox: engine.sandbox?.landlock ?? null,
    }
    orders.write(`${JSON.stringify(settings)}\n`)
    const end = async (): Promise<void> => {
      orders.destroy()
      signalGroup(pid, 'SIGKILL')
      await ended
      await endGroup(pid)
      await forkSocket.close()
    }
    if (!(await isReady(child.stdio[3] as Socket, readyWithinMs, signal))) {
      await end()
      throw new Error(`The zygote was not ready: ${await ended}`)
    }
    return { pid, ended, end, fork: (order) => void (orders.writable && orders.write(`${order}\n`)) }
  } catch (error) {
    await forkSocket.close()
    throw error
  }
}

/** True at its first word; false when it ends, or says nothing for too long. */
const isReady = (stream: Socket, withinMs: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), withinMs)
    const giveUp = (): void => settle(false)
    const settle = (ready: boolean): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(ready)
    }
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
    stream.once('data', () => settle(true))
    stream.once('close', () => settle(false))
    stream.on('error', () => undefined)
  })

const WORDS_LENGTH_MAX = 4_096

function collect(stream: Socket): () => string {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('latin1')).slice(-WORDS_LENGTH_MAX)
  })
  stream.on('error', () => undefined)
  return () => text
}
