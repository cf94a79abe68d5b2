/** The operations of cookie sets. Only where sets are kept. */
import type { Route } from '../dependencies.ts'
import { deleteCookies } from './routes/delete-cookies.ts'
import { getCookies } from './routes/get-cookies.ts'
import { listCookies } from './routes/list-cookies.ts'
import { putCookies } from './routes/put-cookies.ts'

export const cookieRoutes: readonly Route[] = [putCookies, listCookies, getCookies, deleteCookies]
