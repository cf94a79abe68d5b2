/** Info, download and file with the client of @hey-api/openapi-ts. */
import { createHash } from 'node:crypto'
import { createDownload, createInfoJob, fetchFile, getDownload, getInfoJob } from './generated'
import { client } from './generated/client.gen'

const [, , origin = '', url = ''] = process.argv
client.setConfig({ baseUrl: origin })
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

async function main() {
  const accepted = await createInfoJob({ body: { url }, throwOnError: true })
  if (!('job_id' in accepted.data)) throw new Error(JSON.stringify(accepted.data))
  const { job_id } = accepted.data
  let job = (await getInfoJob({ path: { job_id }, throwOnError: true })).data
  while (job.status === 'processing') {
    await pause()
    job = (await getInfoJob({ path: { job_id }, throwOnError: true })).data
  }
  if (!('video_info' in job)) throw new Error(JSON.stringify(job))
  const started = await createDownload({ body: { url }, throwOnError: true })
  if (!('download_id' in started.data)) throw new Error(JSON.stringify(started.data))
  const { download_id } = started.data
  let download = (await getDownload({ path: { download_id }, throwOnError: true })).data
  while (download.status === 'in_progress') {
    await pause()
    download = (await getDownload({ path: { download_id }, throwOnError: true })).data
  }
  if (download.status !== 'completed') throw new Error(JSON.stringify(download))
  const file = await fetchFile({ path: { filename: download.filename }, parseAs: 'blob', throwOnError: true })
  const bytes = Buffer.from(await (file.data as Blob).arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  console.log(JSON.stringify({ title: job.video_info.title, bytes: bytes.length, sha256 }))
}

void main()
