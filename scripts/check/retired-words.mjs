/** Words that this project used in a sense of its own, and does not use any more (`docs/glossary.md`). */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'

/**
 * Whole words, also within names: `toldAt` and `_room` have two and one. Left out are retired words that are ordinary ones as
 * well, so that only a reader can tell: places, memory, unit, note, repeats, look. Nobody renames what lies in Redis: `:pace:`
 * and `announcement` are allowed where they are a name of a key or of a queue.
 */
const RETIRED = new RegExp(
  [
    'rooms?|house|wish(?:es|ed)?|doors?|gather(?:s|ed|ing)?|at hand|told|undertakers?|patience|cages?|crews?|obstacles?',
    'judge[sd]?|judging|judgements?|troubles?|survivors?|catalogues?|heal(?:s|ed|ing)?|unless known|answer keys?|signs? of life',
    "held requests?|tell followers|job units?|pac(?:es|ed|ing)|(?<![:`])pace|(?<![:'])announcements?",
  ]
    .map((words) => `(?<![a-z])(?:${words})(?![a-z])`)
    .join('|'),
  'gi',
)

/** Texts of others (among them sentences of yt-dlp), generated files, records of an earlier release, and what has to name the words. */
const EXEMPT =
  /^(?:pnpm-lock\.yaml|CHANGELOG\.md|apps\/api\/data\/|docs\/glossary\.md|docs\/impersonating-sites\.md|e2e\/upgrade\/left-behind\/|packages\/ytdlp\/test\/fixtures\/impersonating-sites\.ts|clients\/[^/]+\/src\/generated\/|scripts\/check\/retired-words\.mjs)/

const TEXTS = /\.(?:c?m?[jt]s|py|php|lua|md|json|ya?ml|sh|txt)$|^[^.]*$|\.env\.example$/

/** A name as a reader sees it: `toldAt` is `told At`, and a file is called like its idea. */
const wordsIn = (line) => line.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')

/** `text` is the content of a file. Returns one line for each retired word in it, and in its path. */
export const retiredWordsIn = (path, text) => [
  ...wordsFound(path).map((word) => `The name of ${path} has the retired word "${word}".`),
  ...text
    .split('\n')
    .flatMap((line, at) => wordsFound(line).map((word) => `${path}:${at + 1} has the retired word "${word}".`)),
]

const wordsFound = (line) => [...wordsIn(line).matchAll(RETIRED)].map(([word]) => word)

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
