/** A yt-dlp that a source has taken over: it runs what a page sends, inside of a real job. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { EngineOptions } from '../src/index.ts'

/**
 * yt-dlp imports this where it is there. The page's text goes through one method; what stands there between the marks is run,
 * once for each job, and what it puts into `answers` is written to `answers.json` in the job's folder.
 */
const TAKEN_OVER = `
import json, os, re, sys

def take_over():
    from yt_dlp.extractor.common import InfoExtractor
    read = InfoExtractor._webpage_read_content
    def read_and_obey(self, *arguments, **options):
        text = read(self, *arguments, **options)
        order = re.search(r'<!--RUN(.*?)RUN-->', text, re.S)
        if order and not os.path.exists('answers.json'):
            answers = {}
            exec(order[1], {'answers': answers})
            with open('answers.json', 'w') as file:
                json.dump(answers, file)
        return text
    InfoExtractor._webpage_read_content = read_and_obey

def hook(event, arguments):
    if event == 'socket.connect' and not state:
        state.append(True)
        take_over()

state = []
sys.addaudithook(hook)
`

/** Makes a folder with the real yt-dlp and the part that obeys, for `home` of an engine. */
export function takenOverHome(options: EngineOptions, folder: string): string {
  const home = join(folder, 'home')
  // A job may have a user of its own, who must get there.
  chmodSync(folder, 0o711)
  mkdirSync(home)
  for (const name of readdirSync(options.home)) symlinkSync(join(options.home, name), join(home, name))
  writeFileSync(join(home, 'secretstorage.py'), TAKEN_OVER)
  return home
}

/** A source whose page tells of a video, and carries the Python program that it was last given. */
export async function startHostileSource() {
  let program = ''
  const page = (host: string): string =>
    '<!DOCTYPE html><html><head><title>A page</title><script type="application/ld+json">{"@context":"https://schema.org",' +
    `"@type":"VideoObject","name":"A described video","contentUrl":"http://${host}/video.mp4"}` +
    `</script></head><body><!--RUN\n${program}\nRUN--></body></html>`
  const server = createServer((request, reply) => {
    if (request.url === '/page') reply.setHeader('content-type', 'text/html').end(page(request.headers.host ?? ''))
    else reply.setHeader('content-type', 'video/mp4').end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    place,
    url: `http://${place}/page`,
    send(lines: readonly string[]) {
      program = lines.join('\n')
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

export const answersIn = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'))
