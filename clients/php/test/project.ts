/** An empty project that has installed the client, from the archive that others get. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Php } from '../../behaviour/src/php.ts'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What Debian's packages are, for composer, which cannot see them. They load themselves by the file below. */
const DEBIAN = {
  'psr/http-client': '1.0.3',
  'psr/http-factory': '1.0.2',
  'psr/http-message': '1.1',
  'psr/log': '3.0.2',
}
const AUTOLOAD =
  "<?php\nrequire_once 'Psr/Log/autoload.php';\nrequire_once 'Nyholm/Psr7/autoload.php';\nrequire_once 'Psr/Http/Client/autoload.php';\n"

/** Runs composer, which asks nobody and reaches no network. Returns what it writes. */
export function composer({ php, composer: program }: Php, argv: readonly string[], cwd: string): string {
  const [command = '', ...first] = php
  return execFileSync(command, [...first, program, '--no-interaction', '--no-ansi', ...argv], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      COMPOSER_ALLOW_SUPERUSER: '1',
      COMPOSER_CACHE_DIR: '/dev/null',
      COMPOSER_DISABLE_NETWORK: '1',
      COMPOSER_HOME: join(tmpdir(), 'video-scraper-composer'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Makes the project in a temporary folder, with the examples in it, and returns its path. */
export function installedProject(php: Php): string {
  const folder = mkdtempSync(join(tmpdir(), 'video-scraper-php-'))
  const [unpacked, project] = [join(folder, 'client'), join(folder, 'project')]
  for (const path of [unpacked, project]) mkdirSync(path)
  composer(php, ['archive', '--format=tar', `--dir=${folder}`, '--file=client'], ROOT)
  execFileSync('tar', ['-xf', join(folder, 'client.tar'), '-C', unpacked])
  const description = {
    name: 'some/project',
    require: { 'video-scraper/client': '@dev' },
    provide: DEBIAN,
    repositories: [{ type: 'path', url: unpacked, options: { symlink: false } }, { 'packagist.org': false }],
    autoload: { files: ['debian.php'] },
  }
  writeFileSync(join(project, 'composer.json'), JSON.stringify(description))
  writeFileSync(join(project, 'debian.php'), AUTOLOAD)
  composer(php, ['install'], project)
  const examples = join(ROOT, 'examples')
  for (const name of readdirSync(examples)) copyFileSync(join(examples, name), join(project, name))
  return project
}
