/** A certificate authority of the tests, made when it is needed: no key lies in the repository, and none expires. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const DAY_MS = 86_400_000

export interface Identity {
  /** PEM. */
  readonly key: string
  /** PEM. */
  readonly cert: string
}

interface CertificateTerms {
  /** The only name that it is valid for. */
  readonly name: string
  /** Default: yesterday. */
  readonly from?: Date
  /** Default: tomorrow. */
  readonly until?: Date
}

export interface CertificateAuthority {
  /** The authority's own certificate (PEM): what has to be trusted. */
  readonly cert: string
  issue(terms: CertificateTerms): Identity
}

/** Makes an authority. Its certificates hold to the strict checks (RFC 5280) that Python makes from 3.13 on. */
export function createCertificateAuthority(name = 'Authority of the tests'): CertificateAuthority {
  const issuer = newParty(name)
  const cert = certificate({ subject: issuer, issuer, authority: true })
  return {
    cert,
    issue({ name: host, ...validity }) {
      const subject = newParty(host)
      return { key: pemOf(subject), cert: certificate({ subject, issuer, host, ...validity }) }
    },
  }
}

/** A certificate that nobody vouches for but itself. */
export function selfSigned({ name, ...validity }: CertificateTerms): Identity {
  const subject = newParty(name)
  return { key: pemOf(subject), cert: certificate({ subject, issuer: subject, host: name, ...validity }) }
}

interface Party {
  readonly name: string
  readonly privateKey: KeyObject
  /** The public key as a certificate holds it (DER). */
  readonly publicKey: Buffer
  readonly keyId: Buffer
}

function newParty(name: string): Party {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return { name, privateKey, publicKey: der, keyId: createHash('sha1').update(der).digest() }
}

const pemOf = ({ privateKey }: Party): string => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

interface Contents {
  readonly subject: Party
  readonly issuer: Party
  readonly host?: string
  readonly authority?: boolean
  readonly from?: Date
  readonly until?: Date
}

function certificate(contents: Contents): string {
  const { subject, issuer, from, until } = contents
  const content = sequence(
    der(0xa0, Buffer.from([2, 1, 2])),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer.name),
    sequence(utcTime(from ?? new Date(Date.now() - DAY_MS)), utcTime(until ?? new Date(Date.now() + DAY_MS))),
    distinguishedName(subject.name),
    subject.publicKey,
    der(0xa3, sequence(...extensionsOf(contents))),
  )
  const signature = sign('sha256', content, issuer.privateKey)
  const whole = sequence(content, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function extensionsOf({ subject, issuer, host, authority = false }: Contents): Buffer[] {
  // Bits of the key's usage: signing certificates and lists of withdrawn ones, or signing alone.
  const usage = authority ? [0x03, 0x02, 0x01, 0x06] : [0x03, 0x02, 0x07, 0x80]
  return [
    critical(BASIC_CONSTRAINTS, authority ? sequence(TRUE) : sequence()),
    critical(KEY_USAGE, Buffer.from(usage)),
    extension(SUBJECT_KEY_ID, der(0x04, subject.keyId)),
    extension(AUTHORITY_KEY_ID, sequence(der(0x80, issuer.keyId))),
    ...(host === undefined ? [] : [extension(SUBJECT_ALT_NAME, sequence(der(0x82, Buffer.from(host))))]),
  ]
}

/** A value of ASN.1 in the distinguished encoding rules. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts)
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))

const TRUE = Buffer.from([0x01, 0x01, 0xff])
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))
const COMMON_NAME = objectId('550403')
const SUBJECT_KEY_ID = objectId('551d0e')
const KEY_USAGE = objectId('551d0f')
const SUBJECT_ALT_NAME = objectId('551d11')
const BASIC_CONSTRAINTS = objectId('551d13')
const AUTHORITY_KEY_ID = objectId('551d23')

const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value))
const critical = (id: Buffer, value: Buffer): Buffer => sequence(id, TRUE, der(0x04, value))

const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))))

/** `YYMMDDHHMMSSZ`, which serves until 2049. */
const utcTime = (date: Date): Buffer => {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(digits.slice(2)))
}
