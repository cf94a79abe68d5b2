export { readCertificateAuthorities } from './certificate-authorities.ts'
export { Count, Flag, InvalidEnvironment, readEnvironment, Text } from './environment.ts'
export { createLogger, type Logger, logLevels } from './logger.ts'
export { createMetrics, METRIC_PREFIX, type MetricsServer, serveMetrics } from './metrics.ts'
export { type OperatorsFile, openOperatorsFile } from './operators-file.ts'
export { logPlainLines } from './plain-lines.ts'
export { redisAddress } from './redis-address.ts'
export { isKeyKnown, isSealedWithFirst, type Seal, sealText, unsealText } from './sealed-text.ts'
export {
  keyFor,
  loadSecretKeys,
  parseSecretKeys,
  SECRET_KEYS_FILE,
  type SecretKey,
  type SecretKeys,
} from './secret-keys.ts'
export { closeOnSignals } from './shutdown.ts'
export { expiryOf, type SignedClaim, signToken, type TokenVerdict, verifyToken } from './signed-token.ts'
