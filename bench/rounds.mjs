/** Takes sides in turn, so that whatever else the machine does meets all of them alike. */

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Runs every side once per round, one after the other: A B, A B, … `sides` maps names to functions that resolve to a
 * number; each gets the number of its round. Round 0 warms up and is thrown away. Resolves to the values of each side.
 */
export async function takeTurns(sides, { rounds, title, unit, say }) {
  const values = Object.fromEntries(Object.keys(sides).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    const reported = []
    for (const [name, side] of Object.entries(sides)) {
      const value = await side(round)
      if (round > 0) values[name].push(value)
      reported.push(`${name} ${unit(value)}`)
    }
    say(`${title}, ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${reported.join(', ')}`)
  }
  return values
}

/** The median of the ratios within each round: what slows a whole round down cancels out. */
export const medianRatio = (ours, peer) => median(ours.map((value, round) => value / peer[round]))
