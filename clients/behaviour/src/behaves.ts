/** The tests of one client library: every scenario of some files, against one live stack. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { type CommandScenario, runCommandScenario } from './command-line.ts'
import { type Driver, startDriver } from './driver.ts'
import { commandScenarios, scenariosOf } from './read-scenarios.ts'
import { runScenario } from './run-scenario.ts'
import { type Surroundings, setTheScene } from './surroundings.ts'

interface Library {
  /** Starts its driver (README.md). */
  readonly driver: readonly string[]
  /** Starts its command line, which then has to do what `command-line.json` says. */
  readonly commandLine?: readonly string[]
  /** Programs to copy from: each is started with the words of its scenario. */
  readonly examples?: readonly (CommandScenario & { readonly program: readonly string[] })[]
  /** Of `scenarios/`, without `.json`. */
  readonly files: readonly string[]
}

export function behaves({ driver: command, commandLine, examples = [], files }: Library): void {
  let scene: Surroundings
  let driver: Driver
  let folder: TemporaryFolder
  beforeAll(async () => {
    folder = await temporaryFolder()
    driver = startDriver(command)
    scene = await setTheScene()
  }, 150_000)
  afterAll(async () => {
    await driver?.stop()
    await scene?.stop()
    await folder?.remove()
  })

  const ownFolder = async (title: string) => {
    const own = join(folder.path, title.replaceAll(/\W+/g, '-'))
    await mkdir(own)
    return own
  }

  describe.each(files)('%s', (file) => {
    test.each(scenariosOf(file).map((scenario) => [scenario.title, scenario] as const))(
      '%s',
      async (title, scenario) => {
        expect(await runScenario(scenario, driver, scene, await ownFolder(title))).toEqual([])
      },
    )
  })

  for (const example of examples) {
    test(example.title, async () => {
      expect(await runCommandScenario(example, example.program, scene, await ownFolder(example.title))).toEqual([])
    })
  }

  if (!commandLine) return
  describe('the command line', () => {
    test.each(commandScenarios().map((each) => [each.title, each] as const))('%s', async (title, scenario) => {
      expect(await runCommandScenario(scenario, commandLine, scene, await ownFolder(title))).toEqual([])
    })
  })
}
