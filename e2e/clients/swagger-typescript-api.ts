/** Info, download and file with the client of swagger-typescript-api. */
import { createHash } from 'node:crypto'
import { Api } from './generated/api'

const [, , origin = '', url = ''] = process.argv
const { api } = new Api({ baseUrl: origin })
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

async function main() {
  // It types the first good answer of an operation alone: the 200 that a request which waits gets.
  const waiting = { headers: { Prefer: 'wait=60' } }
  const { job_id } = (await api.createInfoJob({ url }, waiting)).data
  let job = (await api.getInfoJob(job_id)).data
  while (job.status === 'processing') {
    await pause()
    job = (await api.getInfoJob(job_id)).data
  }
  if (!('video_info' in job)) throw new Error(JSON.stringify(job))
  let download = (await api.createDownload({ url }, waiting)).data
  while (download.status === 'in_progress') {
    await pause()
    download = (await api.getDownload(download.download_id)).data
  }
  if (download.status !== 'completed') throw new Error(JSON.stringify(download))
  const file = await api.fetchFile(download.filename)
  const bytes = Buffer.from(await file.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  console.log(JSON.stringify({ title: job.video_info.title, bytes: bytes.length, sha256 }))
}

void main()
