export { Count, Flag, InvalidEnvironment, readEnvironment, Text } from './environment.ts'
export { createLogger, type Logger, logLevels } from './logger.ts'
export { closeOnSignals } from './shutdown.ts'
