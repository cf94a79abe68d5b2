/** The operations of the service itself. They answer without Redis, or say themselves that it is away. */
import type { Route } from '../dependencies.ts'
import { getLiveness } from './routes/get-liveness.ts'
import { getReadiness } from './routes/get-readiness.ts'
import { getStatus } from './routes/get-status.ts'
import { listPlatforms } from './routes/list-platforms.ts'

export const serviceRoutes: readonly Route[] = [getStatus, listPlatforms, getLiveness, getReadiness]
