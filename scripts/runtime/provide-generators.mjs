/** Provides what generates clients of the API in the full tests, for Node, Python, PHP and Java; nothing else needs it. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { findProgram } from './find-program.mjs'
import { findPython } from './find-python.mjs'
import { finishedFolder, writeJsonWhole } from './finished-folder.mjs'
import { lockedPackages } from './locked-packages.mjs'
import { runtimeFolder } from './paths.mjs'
import { pinnedVersion, pip, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'
import { installFromSystem } from './system-packages.mjs'

/** The one generator that comes from Maven, with the checksum of its jar. */
const JAR = {
  artifact: 'org.openapitools:openapi-generator-cli:7.25.0',
  file: 'openapi-generator-cli-7.25.0.jar',
  sha256: '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae',
}

/** Where Debian keeps the libraries that the PHP client imports. */
const GUZZLE = '/usr/share/php/GuzzleHttp/autoload.php'

/** Writes `.runtime/generators.json`, which the tests read: the paths of all tools. Throws an `UserFacingError` where one cannot be had. */
export async function provideGenerators() {
  const node = await lockedPackages('generators', 'generators of clients')
  const pythonPackages = await providePythonPackages()
  const jar = await provideJar()
  if (!findProgram('java')) await installFromSystem('Java', ['default-jre-headless'])
  if (!existsSync(GUZZLE)) {
    await installFromSystem('Guzzle for PHP', ['php-cli', 'php-curl', 'php-mbstring', 'php-guzzlehttp-guzzle'])
  }
  const [java, php] = [findProgram('java'), findProgram('php')]
  const python = (await findPython()).path
  writeJsonWhole(`${runtimeFolder}/generators.json`, { node, python, pythonPackages, java, jar, php, guzzle: GUZZLE })
}

/** A folder for Python's module path. */
async function providePythonPackages() {
  const python = await findPython()
  if (!python?.pip) throw new UserFacingError('The tests of generated clients need CPython 3.10 to 3.14 with pip.')
  const version = pinnedVersion('generators', 'datamodel-code-generator')
  const folder = `${runtimeFolder}/generators-python-${version}-${shortHash('generators', python.tag, process.arch)}`
  if (existsSync(folder)) return folder
  await finishedFolder(folder, ['no program'], async (unfinished) => {
    say('Installing generators of clients for the tests (pip) …')
    await pip(python, 'generators', ['install', '--target', unfinished])
  })
  return folder
}

/** The path of openapi-generator, whose checksum was compared. */
async function provideJar() {
  const folder = `${runtimeFolder}/openapi-generator-${JAR.sha256.slice(0, 8)}`
  const path = `${folder}/${JAR.file}`
  if (existsSync(path)) return path
  if (!findProgram('mvn')) await installFromSystem('Maven', ['maven'])
  await finishedFolder(folder, ['no program'], async (unfinished) => {
    say('Fetching openapi-generator for the tests (Maven) …')
    const argv = ['-q', '-B', 'dependency:copy', `-Dartifact=${JAR.artifact}`, `-DoutputDirectory=${unfinished}`]
    await mustRun('openapi-generator could not be fetched', findProgram('mvn'), argv, { cwd: unfinished })
    const found = createHash('sha256')
      .update(readFileSync(`${unfinished}/${JAR.file}`))
      .digest('hex')
    if (found !== JAR.sha256)
      throw new UserFacingError(`${JAR.file} has the checksum ${found} instead of ${JAR.sha256}.`)
  })
  return path
}
