/** A job's permission to reach out: its credentials, its connections and the count of what it received. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Requester } from './name-resolver.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

/** What the owner of a job holds. All counts stay readable after `revoke`. */
export interface Admission {
  /** `http://<name>:<token>@127.0.0.1:<port>`: secret, as whoever has it acts as this job. */
  readonly proxyUrl: string
  /** The job was refused a target at least once. */
  blocked(): boolean
  /** Bytes received from targets so far, over http and CONNECT, headers included. */
  bytes(): number
  /**
   * The upstream proxy of this job did not do its part: it took no connection, or its answer was bad. False where any connection
   * of the job reached a target through it, and where only the target did not answer.
   */
  upstreamFailed(): boolean
  /** The job passed its `maxBytes`; its connections were cut and new ones are refused. */
  exceeded(): boolean
  /** Refuses whatever the job asks from now on, and destroys its open connections. Twice is fine. */
  revoke(): void
}

/** A job opens a handful of connections; a page that makes it open more gains nothing. */
const CONNECTIONS_MAX = 128

const digest = (text: string) => createHash('sha256').update(text).digest()

/** The proxy's side of an admission. */
export class AdmittedJob {
  readonly requester: Requester
  readonly name = randomBytes(9).toString('base64url')
  readonly token = randomBytes(24).toString('base64url')
  readonly #tokenDigest = digest(this.token)
  /** Through which all connections of the job are made; null: straight to the target. */
  readonly upstream: UpstreamProxy | null
  readonly #bytesMax: number
  readonly #sockets = new Set<Socket>()
  received = 0
  blocked = false
  upstreamFailed = false
  upstreamJoined = false
  /** How often the job asked for a PO token. */
  tokenQuestions = 0
  /** A question for a PO token is on its way. */
  asksForToken = false
  #revoked = false

  constructor(requester: Requester, bytesMax: number, upstream: UpstreamProxy | null = null) {
    this.requester = requester
    this.upstream = upstream
    this.#bytesMax = bytesMax
  }

  /** Compares in constant time, whatever the length. */
  isToken(token: string): boolean {
    return timingSafeEqual(digest(token), this.#tokenDigest)
  }

  get exceeded(): boolean {
    return this.received > this.#bytesMax
  }

  /** Whether the job may still reach out. */
  get open(): boolean {
    return !this.#revoked && !this.exceeded
  }

  /** Ties a connection, of either side, to the job's life. False, and destroyed, where the job has no more to open. */
  hold(socket: Socket): boolean {
    if (this.#sockets.has(socket)) return true
    if (!this.open || this.#sockets.size >= CONNECTIONS_MAX) {
      socket.destroy()
      return false
    }
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    return true
  }

  /** Counts bytes as they arrive. False where they were too many: every connection is gone by then. */
  count(bytes: number): boolean {
    this.received += bytes
    if (this.exceeded) this.#cut()
    return this.open
  }

  revoke(): void {
    this.#revoked = true
    this.#cut()
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
