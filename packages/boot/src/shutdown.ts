/** How a process ends: once, in order, in bounded time. */
import type { Logger } from './logger.ts'

interface ShutdownOptions {
  /** Puts everything away. It is called once. */
  close: () => Promise<void>
  logger: Logger
  /** After this many milliseconds the process ends anyway, with exit code 1. */
  withinMs: number
}

/**
 * Ends the process on SIGTERM and SIGINT with code 0 once `close` is done. A second SIGINT ends it at once; a SIGTERM
 * after a SIGINT does not, because Ctrl-C reaches a whole process group and a supervisor then asks once more. What
 * nobody caught ends it with code 1 after the same clean-up, since its state is unknown from then on.
 */
export function closeOnSignals({ close, logger, withinMs }: ShutdownOptions): void {
  let closing = false
  let interrupts = 0
  const end = (reason: string, code: number) => {
    if (closing) return
    closing = true
    logger.info({ reason }, 'shutting down')
    setTimeout(() => process.exit(1), withinMs)
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.error({ err: error }, 'the shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end('SIGTERM', 0))
  process.on('SIGINT', () => {
    interrupts += 1
    if (interrupts > 1) process.exit(1)
    end('SIGINT', 0)
  })
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception')
    end('uncaughtException', 1)
  })
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'unhandled rejection')
    end('unhandledRejection', 1)
  })
}
