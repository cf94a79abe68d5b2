/** Info, download and file with the client of openapi-generator's typescript-fetch. */
import { createHash } from 'node:crypto'
import { Configuration, DownloadsApi, InfoApi } from './generated'

const [, , origin = '', url = ''] = process.argv
const configuration = new Configuration({ basePath: origin })
const info = new InfoApi(configuration)
const downloads = new DownloadsApi(configuration)
const pause = () => new Promise((resolve) => setTimeout(resolve, 200))

async function main() {
  // It types the first good answer of an operation alone: the 200 that a request which waits gets.
  const { jobId } = await info.createInfoJob({ infoRequest: { url }, prefer: 'wait=60' })
  let job = await info.getInfoJob({ jobId })
  while (job.status === 'processing') {
    await pause()
    job = await info.getInfoJob({ jobId })
  }
  if (!('videoInfo' in job)) throw new Error(JSON.stringify(job))
  let download = await downloads.createDownload({ downloadRequest: { url }, prefer: 'wait=60' })
  while (download.status === 'in_progress') {
    await pause()
    download = await downloads.getDownload({ downloadId: download.downloadId })
  }
  if (download.status !== 'completed') throw new Error(JSON.stringify(download))
  const file = await downloads.fetchFile({ filename: download.filename })
  const bytes = Buffer.from(await file.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  console.log(JSON.stringify({ title: job.videoInfo.title, bytes: bytes.length, sha256 }))
}

void main()
