/** The package as others get it: it is valid, holds what it should, and works in an empty project. Then the tests in PHP. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { preparedPhp } from '../../behaviour/src/php.ts'
import { composer, installedProject, ROOT } from './project.ts'

const run = promisify(execFile)
const prepared = preparedPhp()
const [php = '', ...first] = prepared.php

let project: string
beforeAll(() => {
  project = installedProject(prepared)
}, 120_000)
afterAll(() => {
  if (project) rmSync(dirname(project), { recursive: true })
})

test('composer finds nothing to complain about', () => {
  composer(prepared, ['validate', '--strict', '--check-lock'], ROOT)
})

test('the archive holds what users need, and nothing of ours', () => {
  expect(readdirSync(join(project, 'vendor/video-scraper/client')).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'api.md',
    'composer.json',
    'examples',
    'src',
  ])
})

test('all of its classes load in an empty project', async () => {
  const source = `<?php
    require 'vendor/autoload.php';
    $folder = __DIR__.'/vendor/video-scraper/client/src';
    $count = 0;
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $file) {
        preg_match('/^namespace (.+);$/m', file_get_contents($file->getPathname()), $found);
        $name = $found[1].'\\\\'.$file->getBasename('.php');
        if (!class_exists($name) && !interface_exists($name) && !trait_exists($name)) throw new Exception($name);
        ++$count;
    }
    echo $count > 100 ? get_debug_type(new VideoScraper\\Client()) : $count;`
  writeFileSync(join(project, 'classes.php'), source)
  expect((await run(php, [...first, 'classes.php'], { cwd: project })).stdout).toBe('VideoScraper\\Client')
})

test('the programs of README.md compile', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const programs = [...readme.matchAll(/```php\n(.*?)```/gs)].map(([, code = '']) => code)
  expect(programs.length).toBeGreaterThan(5)
  for (const [index, code] of programs.entries()) {
    writeFileSync(join(project, `readme-${index}.php`), `<?php\n${code}`)
    await run(php, [...first, '-l', `readme-${index}.php`], { cwd: project })
  }
})

test('PHPUnit passes', async () => {
  const argv = [...first, prepared.phpunit, '--bootstrap', 'test/autoload.php', '--do-not-cache-result', 'test/unit']
  const { stdout } = await run(php, argv, { cwd: ROOT }).catch((error: { stdout: string }) => error)
  expect(stdout).toMatch(/^OK \(\d+ tests/m)
})
