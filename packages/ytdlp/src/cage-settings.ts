/** What a job is told about the walls around it (`python/cage.py`). */
import type { EngineParts } from './engine-options.ts'

/** `ports`: where TCP may connect to, on any address, as the kernel knows no more. Nothing where there is no cage. */
export const cageSettings = ({ cage, ffmpegLocation }: EngineParts, ports: readonly number[]): object =>
  cage === null ? {} : { cage: { landlock: cage.landlock, programs: [ffmpegLocation, ...cage.programs], ports } }

/** The only port a job needs: its egress proxy's. */
export const portOf = (proxyUrl: string): number => Number(new URL(proxyUrl).port)
