/** How long it takes to learn what a video of YouTube is, over HTTPS, where its addresses have to be solved: against `yt-dlp -J`. */
import { timeYtdlp } from '../peers/shell-ytdlp.mjs'
import { milliseconds } from '../report.mjs'
import { median, medianRatio, takeTurns } from '../rounds.mjs'
import { openYoutubeLab } from '../youtube-lab.mjs'

const ROUNDS = 7
/** A worker prepares a dozen players in an hour. */
const NEW_PLAYERS_MAX = 9

const rowsOf = {
  'info of a video that needs JavaScript, player known': { kind: 'solvable', target: 0.3 },
  'info of a video that needs JavaScript, player new': { kind: 'solvable', target: 0.85, isNew: true },
  'info of a video of the same site that needs none': { kind: 'plain', target: 0.35 },
}

export async function javascript({ lab, rounds = ROUNDS, say }) {
  const youtube = await openYoutubeLab(lab)
  const timed = async (work) => {
    const startedAt = performance.now()
    await work()
    return performance.now() - startedAt
  }
  const none = await youtube.look()
  await youtube.info('solvable')
  await youtube.prepared(none)
  const rows = []
  for (const [title, { kind, target, isNew = false }] of Object.entries(rowsOf)) {
    const ours = async () => {
      if (!isNew) return timed(() => youtube.info(kind))
      const before = await youtube.look()
      youtube.youtube.changePlayer()
      const taken = await timed(() => youtube.info(kind))
      // What the worker prepares afterwards is not to slow the other side.
      await youtube.prepared(before)
      return taken
    }
    const shell = () => timeYtdlp({ ...youtube.shell(kind), reads: true })
    const turns = isNew ? Math.min(rounds, NEW_PLAYERS_MAX) : rounds
    const values = await takeTurns({ ours, shell }, { rounds: turns, title, unit: milliseconds, say })
    const ratio = medianRatio(values.ours, values.shell)
    rows.push({
      measure: title,
      ours: milliseconds(median(values.ours)),
      peer: `${milliseconds(median(values.shell))} (yt-dlp -J)`,
      ratio,
      target: { bound: 'atMost', limit: target, value: ratio },
    })
  }
  return rows
}
