/** Test media, made with the real ffmpeg when it is first asked for. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { type RecipeName, recipes } from './media-recipes.ts'
import { readRuntime } from './runtime.ts'

const FFMPEG_TIMEOUT_MS = 60_000

interface MediaOptions {
  /** ffmpeg's executable. Default: the one of the runtime manifest. */
  readonly ffmpeg?: string
  /** Where made media is kept. Default: a folder of the system's temporary one, which all test processes share. */
  readonly cache?: string
}

export interface Media {
  /** The folder that holds what the recipe makes. */
  folder(recipe: RecipeName): Promise<string>
  /** One file of a recipe; null where the recipe makes no such file. */
  read(recipe: RecipeName, file: string): Promise<Buffer | null>
}

/** Nothing is made, and ffmpeg is not looked for, before the first question. */
export function createMedia({ ffmpeg, cache }: MediaOptions = {}): Media {
  const made = new Map<RecipeName, Promise<string>>()
  const folder = (recipe: RecipeName): Promise<string> => {
    const known = made.get(recipe)
    if (known) return known
    const making = make({ recipe, ffmpeg: ffmpeg ?? readRuntime().ffmpeg, cache: cache ?? defaultCache() })
    made.set(recipe, making)
    // A failure is asked to everybody who waits for it, and tried again by whoever comes next.
    making.catch(() => made.delete(recipe))
    return making
  }
  return {
    folder: async (recipe) => folder(recipe),
    async read(recipe, file) {
      if (file !== basename(file)) return null
      return readFile(join(await folder(recipe), file)).catch(() => null)
    },
  }
}

/** One per user: a name in the shared temporary folder that somebody else could hold would be a trap. */
const defaultCache = (): string => join(tmpdir(), `video-scraper-media-${userInfo().uid}`)

interface MakeOptions {
  readonly recipe: RecipeName
  readonly ffmpeg: string
  readonly cache: string
}

/** Two processes may make the same thing at once: each does so apart, and the first rename wins. */
async function make({ recipe, ffmpeg, cache }: MakeOptions): Promise<string> {
  const { texts = {}, runs } = recipeOf(recipe)
  const key = createHash('sha256')
    .update(JSON.stringify([ffmpeg, texts, runs]))
    .digest('hex')
    .slice(0, 16)
  const finished = join(cache, `${recipe}-${key}`)
  if (await exists(finished)) return finished
  await mkdir(cache, { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(join(cache, 'draft-'))
  try {
    for (const [name, content] of Object.entries(texts)) await writeFile(join(draft, name), content)
    for (const run of runs) await runFfmpeg(ffmpeg, run, draft)
    await rename(draft, finished)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(finished))) throw error
  }
  return finished
}

interface RecipeParts {
  readonly texts?: Readonly<Record<string, string>>
  readonly runs: readonly (readonly string[])[]
}

const recipeOf = (recipe: RecipeName): RecipeParts => recipes[recipe]

const runFfmpeg = (ffmpeg: string, run: readonly string[], folder: string): Promise<unknown> =>
  promisify(execFile)(ffmpeg, ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', ...run], {
    cwd: folder,
    timeout: FFMPEG_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
