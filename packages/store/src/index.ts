export { createKeyStore, type KeyRecord, type KeyStore, type OwnLimits } from './api-keys.ts'
export { type ByteClaim, type ByteClaims, CLAIM_SECONDS, type ClaimAnswer, createByteClaims } from './byte-claims.ts'
export {
  type CookieSetRecord,
  type CookieSetStore,
  createCookieSetStore,
  type SeenCookieSet,
} from './cookie-sets.ts'
export { createCountReturn } from './count-return.ts'
export {
  createDeliveryLog,
  DELIVERIES_KEPT,
  type DeliveryAttemptRecord,
  type DeliveryLog,
  type DeliveryRecord,
} from './delivery-log.ts'
export { keepEngineCheckPublished, readEngineCheck } from './engine-check.ts'
export { createExitHealth, type ExitHealth, type ExitState } from './exit-health.ts'
export { keepExitsPublished, type PublishedExits, readPublishedExits } from './exit-list.ts'
export {
  createExtractionStore,
  type ExtractionStore,
  extractionKey,
  type Source,
  type StoredExtraction,
} from './extraction-store.ts'
export { createFailedAuthentications, type FailedAuthentications } from './failed-authentications.ts'
export { createFileIndex, type FileIndex, type FileSearch } from './file-index.ts'
export { createIdempotency, type Idempotency, type RepeatHold } from './idempotency.ts'
export { KEY_PREFIX, keys } from './keys.ts'
export { cursorAt, newestFirst, type Page, type TimeSpan } from './newest-first.ts'
export { createOutageLog, type OutageLog } from './outage-log.ts'
export { keepPlatformsPublished, type PublishedPlatforms, readPlatforms } from './platform-list.ts'
export { proveWritable } from './prove-writable.ts'
export { connectRedis, isReady, whenSilent } from './redis.ts'
export { isCausedByRedisOutage, isRedisOutage } from './redis-errors.ts'
export { foundDigest, type JobRequest, requestDigest } from './request-digest.ts'
export { bindScript, type LuaScript, type Script, scriptsIn } from './script.ts'
export { type FilePage, SEARCHED_MAX, withinBound } from './search-files.ts'
export { readStoredBytes, type StoredBytes } from './stored-bytes.ts'
export { answersOf } from './transaction.ts'
export {
  createWebhookRegistry,
  type WebhookChange,
  type WebhookRecord,
  type WebhookRegistry,
  type WebhookSecret,
} from './webhook-registry.ts'
export { isWorkerAlive, startWorkerHeartbeat } from './worker-heartbeat.ts'
