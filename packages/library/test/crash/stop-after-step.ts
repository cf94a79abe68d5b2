/** A process that publishes or removes a file, says when it has done a step, and then waits to be killed. */
import { openLocalLibrary } from '@video-scraper/library'
import { openS3Library } from '../../src/s3/s3-library.ts'

const { home, folder, filename, act, stopAfter, count = 1 } = JSON.parse(process.argv[2] ?? '{}')

let times = 0
const onStep = async (step: string) => {
  if (step !== stopAfter || ++times < count) return
  process.stdout.write(`${step}\n`)
  await new Promise(() => setInterval(() => {}, 1000))
}
const library =
  'directory' in home
    ? await openLocalLibrary({ directory: home.directory, onStep })
    : await openS3Library({ settings: home.s3, onStep })
if (act === 'remove') await library.remove(filename)
else {
  const staged = await library.readStaged(folder)
  for (const file of staged ?? []) await library.publish(file)
}
