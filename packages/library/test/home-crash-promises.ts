/** What every home of the library promises when the process that publishes or removes a file is killed after a step of it. */
import { expect, test } from '@jest/globals'
import { RemovedSince } from '../src/removed-since.ts'
import { killAfterStep } from './crash/killed-process.ts'
import { CONTENT, entry, filename, type HomeRig, SIDECAR } from './home-rig.ts'
import type { Step } from './homes.ts'
import { severalIn } from './staged-file.ts'

/** Steps in their order, with whether the file may be seen when the process dies after it. */
export interface Steps {
  publish: readonly (readonly [Step, boolean])[]
  remove: readonly Step[]
}

export function keepsItsPromisesWhenKilled(rig: HomeRig, steps: Steps): void {
  const { stage, listed, served } = rig

  test.each([1, 2, 3])(
    'killed after file %i of 3 was published, publishing all of them again ends it',
    async (count) => {
      const staged = await rig.home.library.stage(await severalIn(rig.folder, CONTENT))
      await killAfterStep({
        home: rig.home.address,
        folder: rig.folder,
        filename,
        act: 'publish',
        stopAfter: 'published',
        count,
      })
      expect(await listed()).toHaveLength(count)
      const again = await rig.home.library.readStaged(rig.folder)
      expect(again).toEqual(staged)
      for (const file of again ?? []) expect(await rig.home.library.publish(file)).toEqual(file.entry)
      expect(await listed()).toHaveLength(3)
      expect(await rig.home.names()).toHaveLength(6)
    },
  )

  const kill = (act: 'publish' | 'remove', stopAfter: Step) =>
    killAfterStep({ home: rig.home.address, folder: rig.folder, filename, act, stopAfter })

  test.each(steps.publish)(
    'killed after "%s", the file is there whole or not at all: publishing again ends it',
    async (step, there) => {
      await stage()
      await kill('publish', step)
      expect(await served()).toBe(there ? CONTENT : null)
      expect(await listed()).toEqual(there ? [entry] : [])

      const staged = await rig.home.library.readStaged(rig.folder)
      expect(staged?.map((file) => file.entry)).toEqual([entry])
      for (const file of staged ?? []) expect(await rig.home.library.publish(file)).toEqual(entry)
      expect(await served()).toBe(CONTENT)
      expect(await listed()).toEqual([entry])
      expect(await rig.home.names()).toEqual([filename, SIDECAR])
    },
  )

  test('killed after "described", a sweep before the next try takes what was left, and publishing again still works', async () => {
    const staged = await stage()
    await kill('publish', 'described')
    expect(await rig.home.library.sweep({ olderThanMs: -60_000 })).toContain(SIDECAR)
    await rig.home.library.publish(staged)
    expect(await served()).toBe(CONTENT)
    expect(await listed()).toEqual([entry])
  })

  test.each(steps.remove)(
    'killed after "%s", the file is gone for all, and neither a rebuild nor its job brings it back',
    async (step) => {
      const staged = await stage()
      await rig.home.library.publish(staged)
      await kill('remove', step)
      expect(await served()).toBeNull()
      expect(await listed()).toEqual([])
      await expect(rig.home.library.publish(staged)).rejects.toThrow(RemovedSince)
      expect(await served()).toBeNull()

      expect(await rig.home.library.remove(filename)).toBe(false)
      expect(await rig.home.names()).toEqual([])
    },
  )
}
