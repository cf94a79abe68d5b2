/**
 * What is kept of a key. One round of SHA-256 is enough, since nobody can guess 190 random bits; slow hashes are for
 * passwords (docs/decisions).
 */
import { createHash, timingSafeEqual } from 'node:crypto'

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** 64 hexadecimal digits. */
export const hashOf = (key: string): string => digestOf(key).toString('hex')

/** Compares in a time that says nothing about where the two differ. */
export const hasHash = (key: string, hash: string): boolean => timingSafeEqual(digestOf(key), Buffer.from(hash, 'hex'))
