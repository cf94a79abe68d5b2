/** Videos with something to read: captions that people wrote in two languages, rolling ones, long ones, and broken ones. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Exchange, numberIn, sendText, textIn } from './exchange.ts'
import { htmlPage } from './pages.ts'

const clock = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(11, 23)

const cue = (start: number, end: number, text: string): string => `${clock(start)} --> ${clock(end)}\n${text}\n`

const vtt = (cues: readonly string[]): string => ['WEBVTT\n', ...cues].join('\n')

/** As a machine writes them: each line is shown once while it grows, and once more above the next one. */
function rollingCaptions(lines: readonly (readonly string[])[]): string {
  const cues = lines.flatMap((words, at) => {
    const start = at * 2000
    const before = lines[at - 1]?.join(' ') ?? ' '
    const timed = words.map((word, number) => (number === 0 ? word : `<${clock(start + number * 300)}><c> ${word}</c>`))
    return [
      cue(start, start + 1990, `${before}\n${timed.join('')}`),
      cue(start + 1990, start + 2000, `${words.join(' ')}\n `),
    ]
  })
  return vtt(cues)
}

const ROLLING = ['so today we', 'look at a test', 'picture. It has', 'many colours. And', 'a tone as well']

/** Sentences of so many different texts that their transcript is a long one. */
const long = (): string =>
  vtt(Array.from({ length: 3000 }, (_, at) => cue(at * 1000, at * 1000 + 900, `Sentence number ${at} of a long talk.`)))

/** What lies at `/spoken/<name>.vtt`. */
const files: Readonly<Record<string, () => string | Buffer>> = {
  en: () => vtt([cue(0, 1500, 'A test picture'), cue(1500, 3000, 'and a <b>test</b> tone &amp; more')]),
  de: () => vtt([cue(0, 1500, 'Ein Testbild'), cue(1500, 3000, 'und ein Testton')]),
  rolling: () => rollingCaptions(ROLLING.map((line) => line.split(' '))),
  long,
  // `é` in Windows-1252.
  old: () => Buffer.from(vtt([cue(0, 1000, 'Caf\u00e9')]), 'latin1'),
  backwards: () => vtt([cue(5000, 4000, 'Second'), cue(1000, 3000, 'First'), cue(2000, 6000, 'Between')]),
  controls: () => vtt([cue(0, 1000, 'One\u0000\u0007two \u202ethree<b<i>>')]),
  empty: () => '',
  garbage: () => Buffer.alloc(100_000, 0xfe),
}

/** `?file=` names one of them, for English, and `?pause=` how many milliseconds it takes. Without them: English and German. */
export const spokenPage: Answer = (exchange) => {
  const file = textIn(exchange, 'file', '')
  const listed = file === '' ? ['de', 'en'].map((name) => [name, name]) : [['en', file]]
  const tracks = listed.map(
    ([language, name]) =>
      `<track kind="subtitles" srclang="${language}" src="/spoken/${name}.vtt?pause=${numberIn(exchange, 'pause', 0)}">`,
  )
  sendText(exchange, htmlPage('A spoken video', `<video src="/slow.mp4?rate=1000">${tracks.join('')}</video>`))
}

export async function spokenFile(exchange: Exchange): Promise<void> {
  await sleep(numberIn(exchange, 'pause', 0), undefined, { signal: exchange.gone }).catch(() => undefined)
  const name = exchange.rest.replace(/\.vtt$/, '')
  const content = Object.hasOwn(files, name) ? files[name]?.() : undefined
  if (content === undefined) sendText(exchange, 'There is nothing here.', { status: 404 })
  else exchange.response.writeHead(200, { 'content-type': 'text/vtt' }).end(content)
}

export const spokenNames = Object.keys(files)
