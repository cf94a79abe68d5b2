/**
 * Fetches one address on several connections at once and throws the bytes away, into one buffer, so that reading costs
 * next to nothing. Prints how many milliseconds it took from the first request to the last byte. A process of its own.
 */
import { connect } from 'node:net'

const [, , address, connections] = process.argv
const { hostname, port, pathname, search } = new URL(address)
const buffer = Buffer.allocUnsafe(1 << 20)
const REQUEST = `GET ${pathname}${search} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`

/** How many bytes of the body are still missing after what `text` holds; null while the headers are not complete. */
function missingAfter(text) {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const [, length] = /^HTTP\/1\.1 200 .*?\r\ncontent-length: (\d+)/is.exec(text) ?? []
  if (length === undefined) throw new Error(`Not a file: ${text.slice(0, end)}`)
  return Number(length) - (text.length - end - 4)
}

/** Resolves when as many bytes have come as `Content-Length` says. */
function fetchOnce() {
  return new Promise((resolve, reject) => {
    let head = ''
    let missing = null
    const callback = (count, bytes) => {
      if (missing === null) {
        head += bytes.toString('latin1', 0, count)
        missing = missingAfter(head)
      } else missing -= count
      if (missing === 0) socket.destroy()
      return true
    }
    const socket = connect({ host: hostname, port: Number(port), onread: { buffer, callback } })
    socket.once('error', reject)
    socket.once('close', () => (missing === 0 ? resolve() : reject(new Error('The connection broke off.'))))
    socket.write(REQUEST)
  })
}

const startedAt = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, fetchOnce))
console.log(performance.now() - startedAt)
