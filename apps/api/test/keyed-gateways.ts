/** Gateways with AUTH=api-key, and keys for them. */
import type { CreateKeyBody } from '@video-scraper/contracts'
import { type ApiRig, type Gateway, type GatewayOptions, useApi } from './api-rig.ts'

export const JOBS = '/api/video-scraper/jobs'
export const INFO = '/api/video-scraper/info'
export const URL = 'https://example.com/video'

export const make = async ({ keyRing }: Gateway, body: Partial<CreateKeyBody> = {}) =>
  keyRing.create({ name: 'test', scopes: ['read', 'write'], ...body })

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

/** `useApi`, and gateways of it that want keys. */
export function useKeyedApi(): { rig: ApiRig; keyed(options?: GatewayOptions): Promise<Gateway> } {
  const rig = useApi()
  return { rig, keyed: (options = {}) => rig.gateway({ auth: 'api-key', ...options }) }
}
