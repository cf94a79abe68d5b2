/** What a job is told about the walls around it (`python/cage.py`). */
import type { EngineParts } from './engine-options.ts'

/** `ports`: where TCP may connect to, on any address, as the kernel knows no more. Nothing where there is no cage. */
export function cageSettings({ cage, ffmpegLocation }: EngineParts, ports: readonly number[]): object {
  if (cage === null) return {}
  const { landlock, filter, required, programs, layers } = cage
  return { cage: { landlock, filter, required, programs: [ffmpegLocation, ...programs], ports, layers } }
}

/** The only port a job needs: its egress proxy's. */
export const portOf = (proxyUrl: string): number => Number(new URL(proxyUrl).port)
