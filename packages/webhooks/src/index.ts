export { retryAfterMs, retryWaitMs } from './retry-schedule.ts'
export { callbackSecret, firstSecret, nextSecret, secretsInUse, webhookSecret } from './secrets.ts'
export { signedHeaders } from './signature.ts'
