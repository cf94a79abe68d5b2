/** Info, download and file with openapi-fetch over the types of openapi-typescript. */
import { createHash } from 'node:crypto'
import createClient from 'openapi-fetch'
import type { paths } from './generated/api'

const [, , origin = '', url = ''] = process.argv
const api = createClient<paths>({ baseUrl: origin })
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

async function main() {
  const accepted = await api.POST('/api/video-scraper/info', { body: { url } })
  if (accepted.data === undefined || !('job_id' in accepted.data)) throw new Error(JSON.stringify(accepted.error))
  const { job_id } = accepted.data
  let job = await api.GET('/api/video-scraper/job/{job_id}', { params: { path: { job_id } } })
  while (job.data?.status === 'processing') {
    await pause()
    job = await api.GET('/api/video-scraper/job/{job_id}', { params: { path: { job_id } } })
  }
  if (job.data === undefined || !('video_info' in job.data)) throw new Error(JSON.stringify(job))
  const started = await api.POST('/api/video-scraper/download', { body: { url } })
  if (started.data === undefined || !('download_id' in started.data)) throw new Error(JSON.stringify(started.error))
  const path = { download_id: started.data.download_id }
  let download = await api.GET('/api/video-scraper/status/{download_id}', { params: { path } })
  while (download.data?.status === 'in_progress') {
    await pause()
    download = await api.GET('/api/video-scraper/status/{download_id}', { params: { path } })
  }
  if (download.data?.status !== 'completed') throw new Error(JSON.stringify(download))
  const file = await api.GET('/api/video-scraper/download/{filename}', {
    params: { path: { filename: download.data.filename } },
    parseAs: 'arrayBuffer',
  })
  if (file.data === undefined) throw new Error(JSON.stringify(file.error))
  const bytes = Buffer.from(file.data)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  console.log(JSON.stringify({ title: job.data.video_info.title, bytes: bytes.length, sha256 }))
}

void main()
