/** Words that this project used in a sense of its own, and does not use any more (`docs/glossary.md`). */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'

const RETIRED =
  /\b(?:rooms?|house|wish(?:es|ed)?|doors?|gather(?:s|ed|ing)?|at hand|told|undertakers?|patience|cages?|crews?|obstacles?|judge[sd]?|judging)\b/gi

/** Texts of others (among them sentences of yt-dlp), generated files, and the one file that has to name the words. */
const EXEMPT =
  /^(?:pnpm-lock\.yaml|CHANGELOG\.md|apps\/api\/data\/|docs\/impersonating-sites\.md|packages\/ytdlp\/test\/fixtures\/impersonating-sites\.ts|clients\/[^/]+\/src\/generated\/|scripts\/check\/retired-words\.mjs)/

const TEXTS = /\.(?:c?m?[jt]s|py|php|lua|md|json|ya?ml|sh|txt)$|^[^.]*$|\.env\.example$/

/** `text` is the content of a file. Returns one line for each retired word in it. */
export const retiredWordsIn = (path, text) =>
  text
    .split('\n')
    .flatMap((line, at) =>
      [...line.matchAll(RETIRED)].map(([word]) => `${path}:${at + 1} has the retired word "${word}".`),
    )

/** Throws an `UserFacingError` that names every place. */
export async function checkRetiredWords() {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' }).split('\0')
  const found = files
    .filter((path) => TEXTS.test(path) && !EXEMPT.test(path))
    .flatMap((path) => retiredWordsIn(path, contentOf(join(projectRoot, path))))
  if (found.length > 0) throw new UserFacingError(`${found.join('\n')}\nSay it with the terms of docs/glossary.md.`)
}

/** Nothing where a file was removed and that is not committed yet. */
function contentOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
