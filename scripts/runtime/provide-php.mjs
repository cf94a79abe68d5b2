/** Provides PHP with the packages that the tests of its client need: Debian's, unpacked beside everything else and not installed. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { findProgram } from './find-program.mjs'
import { finishedFolder, writeJsonWhole } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'
import { installFromSystem } from './system-packages.mjs'

const WANTED = ['phpunit', 'composer', 'php-guzzlehttp-guzzle', 'php-nyholm-psr7', 'php-psr-log']
/** Of what these depend on: what is written in PHP. The rest is part of PHP itself. */
const WRITTEN_IN_PHP = /^(php-(?!cli$|common$|curl$|intl$|json$|mbstring$|xml$)|phpunit|composer$|jsonlint$)/
const DEPENDENCIES_ALONE = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
  (word) => `--no-${word}`,
)
/** Extensions that PHPUnit needs and that are often not there, in the order in which they load. */
const XML = ['dom', 'xml', 'xmlwriter']

const ADVICE =
  'The tests of the PHP client need PHP 8.2 and packages of Debian 12 or later: run them on Debian, after apt-get update.'

/** Writes `.runtime/php.json`, which the tests read: how PHP is started, and where its packages are. Throws an `UserFacingError` where they cannot be had. */
export async function providePhp() {
  if (!findProgram('php')) await installFromSystem('PHP', ['php-cli', 'php-curl', 'php-mbstring'])
  const php = findProgram('php') ?? 'php'
  const output = await mustRun('PHP does not run', php, ['-r', facts])
  // Warnings of PHP come before it.
  const { version, extensions } = JSON.parse(output.trim().split('\n').at(-1))
  if (version.localeCompare('8.2', undefined, { numeric: true }) < 0) throw new UserFacingError(ADVICE)
  const wanted = createHash('sha256').update(WANTED.join()).digest('hex').slice(0, 8)
  const folder = `${runtimeFolder}/php-packages-${version}-${wanted}`
  const missing = XML.filter((name) => !extensions.includes(name))
  if (!existsSync(folder)) {
    if (!findProgram('apt-get') || !findProgram('dpkg-deb')) throw new UserFacingError(ADVICE)
    await finishedFolder(folder, ['no program'], (unfinished) =>
      unpack(unfinished, missing.length > 0 ? [`php${version}-xml`] : []),
    )
  }
  writeJsonWhole(`${runtimeFolder}/php.json`, {
    php: [php, ...argumentsOf(folder, missing)],
    phpunit: `${folder}/usr/bin/phpunit`,
    composer: `${folder}/usr/bin/composer`,
  })
}

const facts =
  'echo json_encode(["version" => PHP_MAJOR_VERSION.".".PHP_MINOR_VERSION, "extensions" => get_loaded_extensions()]);'

/** What PHP is started with, so that it finds the packages. */
function argumentsOf(folder, missing) {
  const modules = `${folder}/usr/lib/php`
  const [build] = missing.length > 0 ? readdirSync(modules).filter((name) => /^\d+$/.test(name)) : []
  return [
    ...['-d', `include_path=.:${folder}/usr/share/php`],
    ...missing.flatMap((name) => ['-d', `extension=${modules}/${build}/${name}.so`]),
  ]
}

async function unpack(folder, others) {
  say('Fetching packages of PHP for the tests (apt-get download) …')
  const downloads = `${folder}/downloads`
  mkdirSync(downloads)
  await fetchAll(others, downloads).catch(async (cause) => {
    if (process.getuid?.() !== 0) throw cause
    // Without a list of packages there is nothing to fetch.
    await mustRun(ADVICE, 'apt-get', ['update'])
    await fetchAll(others, downloads)
  })
  for (const name of readdirSync(downloads)) {
    await mustRun(`${name} could not be unpacked`, 'dpkg-deb', ['-x', `${downloads}/${name}`, folder])
  }
  rmSync(downloads, { recursive: true })
}

async function fetchAll(others, cwd) {
  const output = await mustRun(ADVICE, 'apt-cache', ['depends', '--recurse', ...DEPENDENCIES_ALONE, ...WANTED])
  const names = [...new Set(output.split('\n'))].filter((name) => WRITTEN_IN_PHP.test(name))
  await mustRun(ADVICE, 'apt-get', ['download', ...names, ...others], { cwd })
}
