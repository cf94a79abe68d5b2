/** How large a download will become: what the plan says, and better, what is found out while it runs. */
import type { YtdlpEvent } from './events.ts'

export interface PlannedSize {
  /** The size of the file as the source states or estimates it; null where it does not for some part of it. */
  readonly fileBytes: number | null
  /** How often that is needed on the disk at once: 2 where streams are put together at the end. */
  readonly copies: number
}

/** Listens to events, and calls `tell` with the plan's size, and again when the source has stated all that was unknown. */
export function watchSize(tell: (size: PlannedSize) => void): (event: YtdlpEvent) => void {
  const sizes = new Map<string, number | null>()
  let copies = 1
  const sum = () =>
    sizes.size === 0
      ? null
      : [...sizes.values()].reduce((all, size) => (all === null || size === null ? null : all + size), 0)
  return (event) => {
    if (event.event === 'plan') {
      copies = event.copies
      for (const { formatId, filesize, filesizeApprox } of event.formats) {
        sizes.set(formatId, filesize ?? filesizeApprox)
      }
      tell({ fileBytes: sum(), copies })
    }
    if (event.event === 'progress' && event.total !== null && sizes.get(event.formatId) === null) {
      sizes.set(event.formatId, event.total)
      const fileBytes = sum()
      if (fileBytes !== null) tell({ fileBytes, copies })
    }
  }
}
