/** The certificate authorities of an operator, such as that of a proxy which looks into TLS: EGRESS_CA_FILE. */
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'

const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'
/** Every public authority there is fits into a quarter of it. */
const FILE_BYTES_MAX = 1_048_576

/**
 * Reads a file of certificates (PEM; text around them is ignored) and resolves to the public authorities and those of the
 * file, for whoever makes connections; to undefined where the path is empty. Rejects with a sentence for the operator where the file cannot be
 * read, is larger than 1 MiB, holds no certificate, or one that is damaged. One that has expired is no error.
 */
export async function readCertificateAuthorities(path: string): Promise<string[] | undefined> {
  if (path === '') return undefined
  const text = await readFile(path, 'latin1').catch((cause: unknown) => {
    throw new Error(`EGRESS_CA_FILE: ${path} cannot be read.`, { cause })
  })
  if (text.length > FILE_BYTES_MAX) throw new Error(`EGRESS_CA_FILE: ${path} is larger than 1 MiB.`)
  const own = certificatesIn(text)
  if (own.length === 0) throw new Error(`EGRESS_CA_FILE: ${path} holds no certificate. It must be in PEM format.`)
  if (!own.every(isCertificate)) throw new Error(`EGRESS_CA_FILE: ${path} holds a certificate that is damaged.`)
  return [...rootCertificates, ...own]
}

/** From each beginning to its end; what has no end is kept, and found to be damaged. */
function certificatesIn(text: string): string[] {
  const [, ...parts] = text.split(BEGIN)
  return parts.map((part) => {
    const end = part.indexOf(END)
    return BEGIN + (end === -1 ? part : part.slice(0, end + END.length))
  })
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
