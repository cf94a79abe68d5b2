/** A process that publishes or removes a file, says when it has done a step, and then waits to be killed. */
import { openLocalLibrary } from '@video-scraper/library'

const { directory, folder, filename, act, stopAfter } = JSON.parse(process.argv[2] ?? '{}')

const library = await openLocalLibrary({
  directory,
  onStep: async (step) => {
    if (step !== stopAfter) return
    process.stdout.write(`${step}\n`)
    await new Promise(() => setInterval(() => {}, 1000))
  },
})
if (act === 'remove') await library.remove(filename)
else {
  const staged = await library.readStaged(folder)
  if (staged) await library.publish(staged)
}
