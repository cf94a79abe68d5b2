/** What a job is notified about the walls around it (`python/sandbox.py`). */
import type { EngineParts } from './engine-options.ts'

/** `ports`: where TCP may connect to, on any address, as the kernel knows no more. Nothing where there is no sandbox. */
export function sandboxSettings({ sandbox, ffmpegLocation }: EngineParts, ports: readonly number[]): object {
  if (sandbox === null) return {}
  const { landlock, filter, required, programs, layers } = sandbox
  return { sandbox: { landlock, filter, required, programs: [ffmpegLocation, ...programs], ports, layers } }
}

/** The only port a job needs: its egress proxy's. */
export const portOf = (proxyUrl: string): number => Number(new URL(proxyUrl).port)
