/** `node list-formats.cjs ADDRESS`: says in which formats a video can be had. CommonJS. */
const { VideoScraper } = require('@video-scraper/client')

async function main() {
  const client = new VideoScraper()
  const { video_info } = await client.info(process.argv[2], {}, { deadlineMs: 60_000 })
  console.log(video_info.title)
  for (const { format_id, ext, width, height } of video_info.formats) console.log(format_id, ext, width, height)
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
