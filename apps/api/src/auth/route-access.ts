/** Who may do what: the one table. An operation without a row stops the start of the gateway (`authenticate.ts`). */
import { jobKinds, type KeyScope, kinds } from '@video-scraper/contracts'

/** Open to everybody, or to keys with this scope. */
export type RouteAccess = 'open' | KeyScope

/** By `operationId`. Pages of the documentation are no operations, and open. */
export const routeAccess: Readonly<Record<string, RouteAccess>> = {
  getStatus: 'open',
  getLiveness: 'open',
  // Asked by what balances between gateways, which carries no key; it says nothing but yes or no.
  getReadiness: 'open',

  listPlatforms: 'read',
  getInfoJob: 'read',
  getDownload: 'read',
  listDownloads: 'read',
  fetchFile: 'read',
  fetchArchive: 'read',
  listJobs: 'read',
  fetchTranscript: 'read',
  listEntries: 'read',
  streamInfoJob: 'read',
  streamDownload: 'read',
  // Whoever has the link needs no key: that is more than reading.
  createEventLink: 'write',
  // The signature of the link is the proof.
  streamByLink: 'open',

  createFileLink: 'write',
  createArchiveLink: 'write',
  deleteFile: 'write',
  ...Object.fromEntries(jobKinds.map((kind) => [kinds[kind].operation.id, 'write'] as const)),
  cancelJob: 'write',
  retryJob: 'write',
  deleteJob: 'write',
  cancelJobs: 'write',
  deleteJobs: 'write',

  listWebhooks: 'read',
  getWebhook: 'read',
  listDeliveries: 'read',
  registerWebhook: 'write',
  changeWebhook: 'write',
  deleteWebhook: 'write',
  testWebhook: 'write',
  rotateWebhookSecret: 'write',
  replayDeliveries: 'write',
  replayDelivery: 'write',

  putCookies: 'cookies',
  listCookies: 'cookies',
  getCookies: 'cookies',
  deleteCookies: 'cookies',

  createKey: 'admin',
  listKeys: 'admin',
  getKey: 'admin',
  updateKey: 'admin',
  rotateKey: 'admin',
  revokeKey: 'admin',
}
