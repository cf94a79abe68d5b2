/** Cuts a stream of bytes into lines, none longer than a bound. */

/** A line grew past the bound. What sends it is broken, and must not fill the worker's memory. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong'
}

/** Returns a function to feed chunks to; it calls `onLine` with each whole line, without its end. */
export function lineCutter(lengthMax: number, onLine: (line: string) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = []
  let length = 0
  return (chunk) => {
    let rest = chunk
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      const line = Buffer.concat([...waiting, rest.subarray(0, end)])
      waiting = []
      length = 0
      rest = rest.subarray(end + 1)
      if (line.length > lengthMax) throw new LineTooLong()
      onLine(line.toString('utf8'))
    }
    waiting.push(rest)
    length += rest.length
    if (length > lengthMax) throw new LineTooLong()
  }
}
