/** The operations of API keys. Only where keys are asked for: without, everybody could make one that counts later. */
import type { Route } from '../dependencies.ts'
import { createKey } from './routes/create-key.ts'
import { getKey } from './routes/get-key.ts'
import { listKeys } from './routes/list-keys.ts'
import { revokeKey } from './routes/revoke-key.ts'
import { rotateKey } from './routes/rotate-key.ts'
import { updateKey } from './routes/update-key.ts'

export const keyRoutes: readonly Route[] = [createKey, listKeys, getKey, updateKey, rotateKey, revokeKey]
