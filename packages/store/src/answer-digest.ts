/** What a file answers, as one name: whoever asks for the same again is led to the same file. */
import { hash } from 'node:crypto'

/**
 * Which parts stand for a wish is decided here alone, since the gateway looks for what the worker wrote. `wish` is either
 * what was asked for, in its canonical spelling, or what it turned out to be. The owner is always part of it, so nobody is
 * ever led to somebody else's file. An option that changes the file belongs in here as well.
 */
export function answerDigest(
  owner: string,
  wish: { readonly url: string; readonly formatId: string | null } | { readonly identity: string },
): string {
  const parts = 'identity' in wish ? ['found', wish.identity] : ['asked', wish.url, wish.formatId]
  return hash('sha256', JSON.stringify([owner, ...parts]))
}
