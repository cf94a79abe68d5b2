/** A home whose packages hold modules called like those of the sandbox: none of them is ever loaded in their stead. */
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stage, startStage, WARM } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
}, 60_000)
afterAll(() => stage?.stop())

/** What shuts a job in, and what runs before it is shut in. */
const NAMES = [
  'sandbox',
  'capabilities',
  'child',
  'confine',
  'landlock',
  'order',
  'own_user',
  'patches',
  'runner',
  'seccomp',
]

test.each([['cold'], ['warm']])(
  '%s: a module of a package does not replace one of the sandbox',
  async (how) => {
    const { folder: root } = await stage.job()
    // A job may have a user of its own, who must get there.
    chmodSync(root, 0o711)
    const home = join(root, 'home')
    const trace = join(root, 'trace')
    mkdirSync(home)
    mkdirSync(trace, { mode: 0o777 })
    chmodSync(trace, 0o777)
    for (const name of readdirSync(stage.options.home)) symlinkSync(join(stage.options.home, name), join(home, name))
    for (const name of NAMES) {
      const lines = [`open(${JSON.stringify(join(trace, name))}, 'w').close()`, `raise ImportError('planted ${name}')`]
      writeFileSync(join(home, `${name}.py`), lines.join('\n'))
    }
    const { warm: _, ...options } = stage.options
    const engine = stage.engineFrom({ ...options, home, ...(how === 'warm' && { warm: WARM }) })
    const { sandbox } = await engine.describe()
    expect(sandbox).toEqual((await stage.engine.describe()).sandbox)
    if (how === 'warm') expect(await engine.warmUp()).toBe(true)
    const url = stage.site.url('/jsonld')
    await expect(engine.extractInfo({ url }, await stage.job())).resolves.toMatchObject({ title: 'A described video' })
    if (how === 'warm') expect(engine.warmth()).toMatchObject({ warm: 1, cold: 0 })
    expect(NAMES.filter((name) => existsSync(join(trace, name)))).toEqual([])
    await engine.close()
  },
  60_000,
)
