/** Code that nobody calls, as most of a player's code is: its size is what makes solving slow. */

/** A player of 2026 has so much code. */
export const FILLER_BYTES = 2_600_000

/** The same code for the same size: assignments of functions with loops, branches and literals. Each line is one statement. */
export function fillerSource(bytes: number): string {
  const next = randomNumbers(12_345)
  const lines: string[] = []
  let length = 0
  for (let count = 0; length < bytes; count += 1) {
    const line = functionSource(count, next)
    lines.push(line)
    length += line.length + 1
  }
  return lines.join('\n')
}

type Next = (below: number) => number

/** Numerical Recipes' generator: no secret hangs on it. */
function randomNumbers(seed: number): Next {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

const nameOf = (count: number): string => `g.$${count.toString(36)}`

function functionSource(count: number, next: Next): string {
  const other = (): string => (count === 0 ? 'Object' : nameOf(next(count)))
  const parts = Array.from({ length: 6 }, () => statements[next(statements.length)]?.(next, other) ?? '')
  const method = count % 7 === 0 ? `${nameOf(count)}.prototype.size=function(a){return a*${next(100)}};` : ''
  return `${nameOf(count)}=function(a,c){var d=0;c=c||[];${parts.join('')}return d};${method}`
}

const statements: readonly ((next: Next, other: () => string) => string)[] = [
  (next) =>
    `for(var b=0;b<a.length;b++)if(a[b]&&a[b].kind===${next(999)}){c.push(a[b].size*${next(99)}+this.w${next(50)});}`,
  (next) =>
    `switch(a.type){case "t${next(1e4)}":return this.h${next(40)}(a,c);case "u${next(1e4)}":d=${next(1e6)};break;default:d=null}`,
  (next, other) => `try{c=this.q${next(60)}.get("k${next(1e5)}")||{}}catch(e){${other()}(e,"m${next(1e5)}")}`,
  (next) =>
    `d=a?a.left>${next(1e3)}&&a.right<${next(1e4)}?[a.left,a.right]:c.map(function(e){return e.value^${next(1e4)}}):void 0;`,
  (next, other) =>
    `if(!(a instanceof ${other()})){var f={name:"p${next(1e5)}",value:d,on:function(x){return x+${next(9)}},n:${next(1e5)}};c.push(f)}`,
  (next) => `while(d&&d.next){d=d.next;this.count${next(20)}+=d.weight%${1 + next(100)}}`,
]
