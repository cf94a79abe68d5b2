/** A receiver that hangs must not take every place that there is for deliveries: each target has a few. */

const PER_TARGET = 4
const WAIT_MS = 250
/** The more are turned away, the longer each waits, so that a thousand of them are not looked at a thousand times a second. */
const WAIT_PER_DELIVERY_MS = 30
const WAIT_MAX_MS = 30_000

interface Target {
  taken: number
  turnedAway: Set<string>
}

export interface TargetSlots {
  /** Gives a place, to be given back by calling `free`; or says after how many milliseconds to ask again. */
  take(target: string, deliveryId: string): { free(): void } | { waitMs: number }
}

/** Counts within this process. Targets are distinguished by host and port, however many addresses lead there. */
export function createTargetSlots(): TargetSlots {
  const targets = new Map<string, Target>()
  return {
    take(name, deliveryId) {
      const target = targets.get(name) ?? { taken: 0, turnedAway: new Set<string>() }
      if (target.taken >= PER_TARGET) {
        target.turnedAway.add(deliveryId)
        const spread = Math.min(target.turnedAway.size * WAIT_PER_DELIVERY_MS, WAIT_MAX_MS)
        return { waitMs: WAIT_MS + Math.random() * spread }
      }
      targets.set(name, target)
      target.turnedAway.delete(deliveryId)
      target.taken += 1
      return {
        free() {
          target.taken -= 1
          if (target.taken === 0) targets.delete(name)
        },
      }
    },
  }
}
