/** Stories in which something is cancelled, killed or stopped. */
import assert from 'node:assert/strict'
import { createClient, slowVideo, until } from './client.mjs'
import { fileIsAsReported } from './stories-of-use.mjs'
import { jobProcesses, partialBytes } from './worker-container.mjs'

export async function cancelLeavesNothing(composition) {
  const client = createClient(composition)
  const id = await client.startDownload(slowVideo({ seconds: 60 }))
  await client.untilUnderWay(id)
  assert.notDeepEqual(await jobProcesses(composition), [], 'there is nothing that a cancel could end')
  assert.ok((await partialBytes(composition, id)) > 0, 'there is nothing that a cancel could remove')

  assert.equal((await client.cancel(id)).status, 'cancelled')
  await until('processes and partial files are gone', 10_000, async () => {
    const [processes, bytes] = [await jobProcesses(composition), await partialBytes(composition, id)]
    return processes.length === 0 && bytes === null ? true : undefined
  })
  assert.equal((await client.download(id)).status, 'cancelled')
}

export async function killedWorkerResumes(composition) {
  const client = createClient(composition)
  const id = await client.startDownload(slowVideo({ seconds: 25 }))
  const under = await until('a third has come', 60_000, async () => {
    const status = await client.download(id)
    return status.progress > 0.33 ? status : undefined
  })
  const before = await partialBytes(composition, id)
  const [worker] = await composition.containers('worker')
  await composition.docker(['kill', worker])
  await composition.docker(['start', worker])

  // A download that began anew would cut the file down first. Near its end the file moves away, which looks the same.
  const sizes = []
  const done = await until('it is completed', 90_000, async () => {
    const bytes = await partialBytes(composition, id)
    const status = await client.download(id)
    if (status.progress < 0.9) sizes.push(bytes)
    assert.ok(['in_progress', 'completed'].includes(status.status), JSON.stringify(status))
    return status.status === 'completed' ? status : undefined
  })
  assert.notEqual(done.started_at, under.started_at, 'it ended before the kill')
  assert.ok(before > 0 && Math.min(...sizes) >= before, `${before} bytes before the kill, then ${sizes.join(', ')}`)
  await fileIsAsReported(client, done)
}

export async function twoWorkersShare(composition) {
  const client = createClient(composition)
  await composition.resume(2)
  // One worker downloads two at once.
  const ids = await Promise.all([1, 2, 3, 4].map(() => client.startDownload(slowVideo({ seconds: 60 }))))
  await until('four downloads run at once', 60_000, async () => {
    const phases = await Promise.all(ids.map(async (id) => (await client.download(id)).phase))
    return phases.every((phase) => phase === 'downloading') ? true : undefined
  })
  await Promise.all(ids.map((id) => client.cancel(id)))
  await composition.resume(1)
}

export async function stackSurvivesStop(composition) {
  const client = createClient(composition)
  const [file] = await client.downloads()
  const id = await client.startDownload(slowVideo({ seconds: 15 }))
  await client.untilUnderWay(id)
  await composition.stop()
  for (const service of ['api', 'worker', 'redis']) {
    for (const container of await composition.containers(service)) {
      const code = await composition.docker(['inspect', '--format', '{{.State.ExitCode}}', container])
      assert.equal(code.trim(), '0', `exit code of ${service}`)
    }
  }
  await composition.resume(1)
  const [found] = (await client.downloads()).filter(({ filename }) => filename === file.filename)
  assert.deepEqual(found, file)
  const done = await client.untilCompleted(id, 90_000)
  await fileIsAsReported(client, done)
}
