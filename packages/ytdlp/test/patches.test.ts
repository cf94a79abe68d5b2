/** What the runner replaces in yt-dlp stands in one table, and a yt-dlp that differs there is not used. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { changedYtdlp } from './changed-ytdlp.ts'
import { type Stage, startStage, WARM } from './stage.ts'

const RUNNER = fileURLToPath(new URL('../python', import.meta.url))

let stage: Stage
let homes: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  stage = await startStage({ warm: null })
  homes = await temporaryFolder()
})
afterAll(async () => {
  await stage.stop()
  await homes.remove()
})

const run = promisify(execFile)

/** Runs a program in Python beside the runner, and returns what it prints as JSON. */
async function python(program: string): Promise<unknown> {
  const { home, ffmpegLocation } = stage.options
  const start = `import json, sys\nsys.path[:0] = ${JSON.stringify([RUNNER, home])}\nSHIM = ${JSON.stringify(ffmpegLocation)}\n`
  const { stdout } = await run(stage.options.python, ['-I', '-S', '-B', '-c', start + program])
  return JSON.parse(stdout)
}

/** Does all that the zygote does, then looks for functions of ours in every module and class of yt-dlp. */
const OURS_IN_YTDLP = `
import inspect
from patches import PATCHES, check_patches
check_patches()
from authorities import trust
import certifi
trust(certifi.where())
from preheat import preheat
preheat(*[['--proxy=http://127.0.0.1:9', '--format=b*/all']] * 2, SHIM)
from yt_dlp.downloader.common import FileDownloader
from guard import METHOD, _refuse

def is_ours(value):
    for inner in ('__func__', 'fset', 'func', '__wrapped__'):
        value = getattr(value, inner, None) or value
    return '${RUNNER}' in getattr(getattr(value, '__code__', None), 'co_filename', '')

found = set()
for name, module in list(sys.modules.items()):
    if name != 'yt_dlp' and not name.startswith('yt_dlp.'):
        continue
    owners = {name: module, **{f'{name}:{key}': value for key, value in vars(module).items()
                               if inspect.isclass(value) and value.__module__ == name}}
    for owner, value in owners.items():
        for attribute, part in list(vars(value).items()):
            if is_ours(part) or attribute == 'make_ssl_context' and hasattr(part, 'cache_info'):
                found.add((owner, attribute))
known = {(each.owner, each.attribute) for each in PATCHES}
names = {each.attribute for each in PATCHES if each.owner == 'yt_dlp.utils._utils'}
# By one row: the guard replaces the method of every downloader, and what is bound by name is replaced wherever it is.
unknown = [[owner, attribute] for owner, attribute in sorted(found - known)
           if attribute not in names and not (attribute == METHOD and owner.startswith('yt_dlp.downloader'))]
print(json.dumps({'unknown': unknown, 'found': len(found & known)}))
`

test('every function that the runner puts into yt-dlp stands in the table', async () => {
  // So many are replaced; the others of the table are called or overridden.
  expect(await python(OURS_IN_YTDLP)).toEqual({ unknown: [], found: 21 })
})

test('an entry that yt-dlp does not have is named', async () => {
  const reported = await python(`
import patches
patches.PATCHES += (patches.Patch('yt_dlp.YoutubeDL:YoutubeDL', 'planted', '(self)', 'is not there'),
                    patches.Patch('yt_dlp.nowhere', 'at_all', None, 'neither'))
try:
    patches.check_patches()
except patches.PatchDoesNotFit as error:
    print(json.dumps(str(error)))
`)
  expect(reported).toBe(
    'This yt-dlp does not fit. yt_dlp.YoutubeDL.YoutubeDL.planted is missing. yt_dlp.nowhere.at_all is missing.',
  )
})

const renamed = (from: string, to: string) => (source: string) => source.replaceAll(from, to)

test.each<[string, string, (source: string) => string, RegExp]>([
  [
    'a method has another name',
    'yt_dlp/extractor/common.py',
    renamed('_merge_mpd_periods', '_join_mpd_periods'),
    /yt_dlp\.extractor\.common\.InfoExtractor\._merge_mpd_periods is missing/,
  ],
  [
    'a method takes another parameter',
    'yt_dlp/downloader/fragment.py',
    renamed('def _append_fragment(self, ctx, frag_content)', 'def _append_fragment(self, ctx, frag_content, offset)'),
    /FragmentFD\._append_fragment is \(self, ctx, frag_content, offset\), not \(self, ctx, frag_content\)/,
  ],
  [
    'a parameter may no longer be left out',
    'yt_dlp/networking/_helper.py',
    renamed(
      'def ssl_load_certs(context: ssl.SSLContext, use_certifi=True)',
      'def ssl_load_certs(context, use_certifi)',
    ),
    /_helper\.ssl_load_certs is \(context, use_certifi\), not \(context, use_certifi=\)/,
  ],
])('a yt-dlp in which %s is refused by name, cold and warm', async (why, path, change, name) => {
  const home = changedYtdlp(stage.options.home, join(homes.path, why.replaceAll(' ', '-')), { [path]: change })
  const warnings: unknown[] = []
  const logger = { debug: () => undefined, warn: (fields: { err?: Error }) => warnings.push(fields.err?.message) }
  await expect(stage.engineWith({ home }).describe()).rejects.toThrow(name)
  const cold = stage.engineWith({ home }).extractInfo({ url: stage.site.url('/page') }, await stage.job())
  await expect(cold).rejects.toMatchObject({ code: 'internal_error', cause: { message: expect.stringMatching(name) } })
  expect(await stage.engineWith({ home, warm: WARM, logger }).warmUp()).toBe(false)
  expect(warnings).toEqual([expect.stringMatching(name)])
})

test.each<[string, string, (source: string) => string]>([
  [
    'does not ask for kept players',
    'yt_dlp/extractor/youtube/jsc/_builtin/ejs.py',
    renamed('_ENABLE_PREPROCESSED_PLAYER_CACHE', '_KEEP_PLAYERS'),
  ],
  ['asks its cache otherwise', 'yt_dlp/cache.py', renamed('*, min_ver=None)', '*, min_ver=None, max_age=None)')],
])('a yt-dlp that %s fits, and is given no kept players', async (why, path, change) => {
  const home = changedYtdlp(stage.options.home, join(homes.path, why.replaceAll(' ', '-')), { [path]: change })
  const given = await python(`
sys.path[1] = ${JSON.stringify(home)}
from patches import KEPT_CACHE, KEPT_PLAYERS, check_patches, fits
check_patches()
from kept import use_what_is_kept
class Nothing: cache = 'that of yt-dlp'
use_what_is_kept(Nothing, {'players': {'folder': '', 'known': {}}}, None)
print(json.dumps([fits(KEPT_CACHE) and fits(KEPT_PLAYERS), Nothing.cache]))
`)
  expect(given).toEqual([false, 'that of yt-dlp'])
})

test('a yt-dlp that initialises its extractors otherwise fits, and is given no kept values', async () => {
  const home = changedYtdlp(stage.options.home, join(homes.path, 'initialises-otherwise'), {
    'yt_dlp/extractor/common.py': renamed('def initialize(self)', 'def initialize(self, again=False)'),
  })
  const given = await python(`
sys.path[1] = ${JSON.stringify(home)}
from patches import KEPT_VALUES, check_patches, fits
check_patches()
from kept import use_what_is_kept
class Nothing: cache = 'that of yt-dlp'
use_what_is_kept(Nothing, {'values': []}, None)
print(json.dumps([fits(KEPT_VALUES), Nothing.cache]))
`)
  expect(given).toEqual([false, 'that of yt-dlp'])
})

test.each<[string, string, (source: string) => string]>([
  [
    'registers providers of PO tokens otherwise',
    'yt_dlp/extractor/youtube/pot/provider.py',
    renamed('def register_provider(provider: type[PoTokenProvider])', 'def register_provider(provider, name)'),
  ],
  [
    'says otherwise what a token is for',
    'yt_dlp/extractor/youtube/pot/utils.py',
    renamed('get_webpo_content_binding', 'get_content_binding'),
  ],
  [
    'has no list of clients that tokens are for',
    'yt_dlp/extractor/youtube/pot/utils.py',
    renamed('WEBPO_CLIENTS', 'CLIENTS'),
  ],
  [
    'has another name for a provider that refuses',
    'yt_dlp/extractor/youtube/pot/provider.py',
    renamed('PoTokenProviderRejectedRequest', 'PoTokenRefused'),
  ],
])('a yt-dlp that %s fits, goes without tokens, and says so', async (why, path, change) => {
  const home = changedYtdlp(stage.options.home, join(homes.path, why.replaceAll(' ', '-')), { [path]: change })
  const reported = await python(`
sys.path[1] = ${JSON.stringify(home)}
from patches import PO_TOKENS, check_patches, fits
check_patches()
from tokens import use_tokens
class Nothing:
    warnings = []
    report_warning = warnings.append
use_tokens(Nothing, 'http://po-tokens.invalid', None)
print(json.dumps([fits(PO_TOKENS), Nothing.warnings]))
`)
  expect(reported).toEqual([false, ['PO tokens cannot be asked for with this version of yt-dlp']])
})

test('where a part of theirs is missing that is in no row, jobs go without tokens as well', async () => {
  const home = changedYtdlp(stage.options.home, join(homes.path, 'unknown-part'), {
    'yt_dlp/extractor/youtube/pot/utils.py': renamed('WEBPO_CLIENTS', 'CLIENTS'),
  })
  const reported = await python(`
sys.path[1] = ${JSON.stringify(home)}
import patches
patches.PATCHES = tuple(each for each in patches.PATCHES if each.attribute != 'WEBPO_CLIENTS')
patches.check_patches()
from tokens import use_tokens
class Nothing:
    warnings = []
    report_warning = warnings.append
use_tokens(Nothing, 'http://po-tokens.invalid', None)
print(json.dumps([patches.fits(patches.PO_TOKENS), Nothing.warnings]))
`)
  expect(reported).toEqual([true, ['PO tokens cannot be asked for with this version of yt-dlp']])
})

test('this yt-dlp has what PO tokens need', async () => {
  expect(await python('from patches import PO_TOKENS, fits\nprint(json.dumps(fits(PO_TOKENS)))')).toBe(true)
})

test('a yt-dlp that keeps no players does its jobs', async () => {
  const home = changedYtdlp(stage.options.home, join(homes.path, 'without-players'), {
    'yt_dlp/cache.py': renamed('def load(', 'def read('),
    'yt_dlp/extractor/youtube/jsc/_builtin/ejs.py': renamed('_ENABLE_PREPROCESSED_PLAYER_CACHE', '_KEEP_PLAYERS'),
  })
  const players = { folder: homes.path, fetch: async () => Buffer.from('') }
  const engine = stage.engineWith({ home, players })
  expect(await engine.extractInfo({ url: stage.site.url('/page') }, await stage.job())).toMatchObject({
    title: expect.any(String),
  })
})

test('this yt-dlp has what kept players and kept values need', async () => {
  const fitting = await python(
    'from patches import KEPT_CACHE, KEPT_PLAYERS, KEPT_VALUES, fits\n' +
      'print(json.dumps([fits(each) for each in (KEPT_CACHE, KEPT_PLAYERS, KEPT_VALUES)]))',
  )
  expect(fitting).toEqual([true, true, true])
})
