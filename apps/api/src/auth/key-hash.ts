/**
 * What is kept of a key. One round of SHA-256 is enough, since nobody can guess 190 random bits; slow hashes are for
 * passwords (docs/decisions/0012-api-keys.md).
 */
import { hash, timingSafeEqual } from 'node:crypto'

/** 64 hexadecimal digits. */
export const hashOf = (key: string): string => hash('sha256', key, 'hex')

/** For comparing: `hash` as `hashOf` gave it. */
export const digestIn = (hashed: string): Buffer => Buffer.from(hashed, 'hex')

/** Compares in a time that says nothing about where the two differ. */
export const hasDigest = (key: string, digest: Buffer): boolean =>
  timingSafeEqual(hash('sha256', key, 'buffer'), digest)
