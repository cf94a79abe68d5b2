/** Playlists of tests: their tables, their jobs, and the steps of their task. */
import { childIdOf, type EntryRow, type JobQueue, type Task } from '@video-scraper/queue'
import { jobRequest, submitted } from './queue-rig.ts'

export const CLIENT = '192.0.2.1'
export const FACTS = { title: 'A list', warnings: [] }

export const rows = (count: number): EntryRow[] =>
  Array.from({ length: count }, (_, at) => ({
    listed: { position: at + 1, url: `http://example.com/${at + 1}`, title: null },
    outcome: null,
  }))

export async function withTable(gateway: JobQueue, count = 3): Promise<string> {
  const id = await submitted(gateway, 'playlist')
  await gateway.entryTables.write(id, FACTS, rows(count))
  return id
}

export const submitChild = (gateway: JobQueue, parent: string, entry: number) =>
  gateway.submit(jobRequest('info', { parent: { id: parent, entry } }), { id: childIdOf('info', parent, entry) })

export const result = {
  title: null,
  of: 'info',
  counts: { waiting: 0, queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, skipped: 0 },
} as const

export const steps = (prepare: Task<'playlist', null>['prepare']): Task<'playlist', null> => ({
  prepare,
  publish: async () => result,
  discard: async () => undefined,
})
