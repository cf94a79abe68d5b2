/** `node print-a-transcript.mjs ADDRESS [LANGUAGE]`: prints what is said in a video, as SubRip subtitles. */
import { JobFailedError, VideoScraper } from '@video-scraper/client'

const [address, language] = process.argv.slice(2)
const client = new VideoScraper()

try {
  const transcript = await client.transcript(address, { language }, { deadlineMs: 5 * 60_000, cancelOnAbort: true })
  console.error(`Captions in ${transcript.language} (${transcript.source})`)
  console.log(await client.getTranscriptText(transcript.job_id, 'srt'))
} catch (error) {
  // `no_captions`: the video has none in this language.
  if (!(error instanceof JobFailedError)) throw error
  console.error(error.code, error.message)
  process.exitCode = 1
}
