/** Info, download and file with the functions of orval, which fetch addresses without an origin. */
import { createHash } from 'node:crypto'
import { createDownload, createInfoJob, getDownload, getFetchFileUrl, getInfoJob } from './generated/api'

const [, , origin = '', url = ''] = process.argv
const { fetch: plainFetch } = globalThis
globalThis.fetch = (address, options) => plainFetch(new URL(String(address), origin), options)
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

async function main() {
  const accepted = await createInfoJob({ url })
  if (accepted.status !== 202 || !('job_id' in accepted.data)) throw new Error(JSON.stringify(accepted))
  const { job_id } = accepted.data
  let job = await getInfoJob(job_id)
  while (job.status === 200 && job.data.status === 'processing') {
    await pause()
    job = await getInfoJob(job_id)
  }
  if (job.status !== 200 || !('video_info' in job.data)) throw new Error(JSON.stringify(job))
  const started = await createDownload({ url })
  if (started.status !== 202 || !('download_id' in started.data)) throw new Error(JSON.stringify(started))
  const { download_id } = started.data
  let download = await getDownload(download_id)
  while (download.status === 200 && download.data.status === 'in_progress') {
    await pause()
    download = await getDownload(download_id)
  }
  if (download.status !== 200 || download.data.status !== 'completed') throw new Error(JSON.stringify(download))
  // Its own fetchFile parses every answer as JSON (orval 7); the address that it makes is right.
  const bytes = Buffer.from(await (await fetch(getFetchFileUrl(download.data.filename))).arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  console.log(JSON.stringify({ title: job.data.video_info.title, bytes: bytes.length, sha256 }))
}

void main()
