/** The first words of a client in TLS (RFC 8446, 4.1.2): what it offers, by which walls tell a browser from a program. */

export interface ClientHello {
  /** In the order of the client, as are the extensions. */
  readonly cipherSuites: readonly number[]
  readonly extensions: readonly number[]
  /** Protocols of the application (RFC 7301), such as `h2`. */
  readonly protocols: readonly string[]
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const RECORD_HEADER = 5
const APPLICATION_PROTOCOLS = 16
const COMPRESSED_CERTIFICATES = 27
const APPLICATION_SETTINGS = [17_513, 17_613]

/** What lies in a chunk of bytes; null where it is no beginning of TLS, or not all of one. Reads nothing beyond the end. */
export function readClientHello(chunk: Buffer): ClientHello | null {
  try {
    const record = bytesOf(chunk)
    if (record.number(1) !== HANDSHAKE) return null
    record.skip(RECORD_HEADER - 1)
    if (record.number(1) !== CLIENT_HELLO) return null
    // Length, version, and the random bytes.
    record.skip(3 + 2 + 32)
    record.vector(1)
    const cipherSuites = numbersOf(record.vector(2))
    record.vector(1)
    return { cipherSuites, ...extensionsOf(record.vector(2)) }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Whether a client is to be notified whole: a hello of some kilobytes comes in several pieces. */
export const isIncomplete = (chunk: Buffer): boolean =>
  chunk.length < RECORD_HEADER || (chunk[0] === HANDSHAKE && chunk.length < RECORD_HEADER + chunk.readUInt16BE(3))

/**
 * Whether it is the hello of a Chrome: it offers values that mean nothing (GREASE, RFC 8701) first, compressed certificates, and settings
 * of the application, which no library of Python does.
 */
export function isChrome({ cipherSuites, extensions, protocols }: ClientHello): boolean {
  return (
    isGrease(cipherSuites[0]) &&
    isGrease(extensions[0]) &&
    extensions.includes(COMPRESSED_CERTIFICATES) &&
    APPLICATION_SETTINGS.some((each) => extensions.includes(each)) &&
    protocols[0] === 'h2'
  )
}

/** 0x0A0A, 0x1A1A and so on to 0xFAFA. */
const isGrease = (value: number | undefined): boolean =>
  value !== undefined && (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)

function extensionsOf(content: Buffer): Pick<ClientHello, 'extensions' | 'protocols'> {
  const rest = bytesOf(content)
  const extensions: number[] = []
  const protocols: string[] = []
  while (!rest.isAtEnd()) {
    const id = rest.number(2)
    const value = rest.vector(2)
    extensions.push(id)
    if (id === APPLICATION_PROTOCOLS) protocols.push(...namesOf(bytesOf(value).vector(2)))
  }
  return { extensions, protocols }
}

function namesOf(list: Buffer): string[] {
  const rest = bytesOf(list)
  const names: string[] = []
  while (!rest.isAtEnd()) names.push(rest.vector(1).toString('latin1'))
  return names
}

const numbersOf = (list: Buffer): number[] =>
  Array.from({ length: list.length >> 1 }, (_, index) => list.readUInt16BE(index * 2))

/** Reads from the front. Throws a RangeError where there is no more. */
function bytesOf(content: Buffer) {
  let at = 0
  const number = (size: 1 | 2): number => {
    at += size
    return content.readUIntBE(at - size, size)
  }
  return {
    number,
    skip(count: number): void {
      at += count
    },
    /** As many bytes as the number before them says, which has `size` bytes itself. */
    vector(size: 1 | 2): Buffer {
      const length = number(size)
      if (at + length > content.length) throw new RangeError('The bytes end before the value does.')
      at += length
      return content.subarray(at - length, at)
    },
    isAtEnd: (): boolean => at >= content.length,
  }
}
