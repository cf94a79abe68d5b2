/** How a player scrambles what it is given, written twice from one list of moves: as a function here, and as JavaScript. */
import { createHash } from 'node:crypto'

interface Move {
  readonly kind: keyof typeof moves
  /** What it means depends on the kind. Below 50. */
  readonly by: number
}

/** The letters of a signature, and of `n`. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Each move as a function of this process, and as one of a player: `a` are the letters, `b` the number. */
const moves = {
  reverse: {
    here: (letters) => letters.reverse(),
    there: 'function(a){a.reverse()}',
  },
  dropFirst: {
    here: (letters, by) => void letters.splice(0, by % 4),
    there: 'function(a,b){a.splice(0,b%4)}',
  },
  swapFirst: {
    here: (letters, by) => {
      const at = by % letters.length
      const [first = ''] = letters
      letters[0] = letters[at] ?? ''
      letters[at] = first
    },
    there: 'function(a,b){var c=a[0];a[0]=a[b%a.length];a[b%a.length]=c}',
  },
} as const satisfies Record<string, { here: (letters: string[], by: number) => unknown; there: string }>

const KINDS = Object.keys(moves) as (keyof typeof moves)[]

/** Six moves that the seed decides. The first turns all around, so that nothing is ever left as it was. */
export function movesOf(seed: string): readonly Move[] {
  const digest = createHash('sha256').update(seed).digest()
  const chosen = [...digest.subarray(0, 5)].map((byte, at) => ({
    kind: KINDS[byte % KINDS.length] ?? 'swapFirst',
    by: 1 + ((digest[8 + at] ?? 0) % 49),
  }))
  return [{ kind: 'reverse', by: 1 }, ...chosen.filter(({ kind }) => kind !== 'reverse')]
}

export function scrambled(text: string, list: readonly Move[]): string {
  const letters = [...text]
  for (const { kind, by } of list) moves[kind].here(letters, by)
  return letters.join('')
}

/** A statement that gives `g.<name>` the function that takes text and returns it scrambled. */
export function scramblerSource(name: string, list: readonly Move[]): string {
  const own = `${name}Moves`
  const table = KINDS.map((kind) => `${kind}:${moves[kind].there}`).join(',')
  const calls = list.map(({ kind, by }) => `g.${own}.${kind}(a,${by});`).join('')
  return `g.${own}={${table}};\ng.${name}=function(a){a=a.split("");${calls}return a.join("")};`
}
