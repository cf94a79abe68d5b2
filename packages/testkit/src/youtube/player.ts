/**
 * A player of the local YouTube: a script of our own in the form in which yt-dlp-ejs looks for its solver, and the same
 * functions for the host of the media, which refuses what was not solved.
 */
import { createHash } from 'node:crypto'
import { FILLER_BYTES, fillerSource } from './player-filler.ts'
import { movesOf, scrambled, scramblerSource } from './scrambling.ts'

export interface Player {
  /** Eight hexadecimal digits. */
  readonly id: string
  /** `/s/player/<id>/…/base.js` */
  readonly path: string
  /** What a client must send with its question, so that the signatures that it gets are for this player. */
  readonly timestamp: number
  readonly source: string
  readonly solveN: (challenge: string) => string
  readonly solveSignature: (challenge: string) => string
}

/** `number`: players with different ones are different. `fillerBytes`: how much code it has beside what solves. */
export function createPlayer(number: number, fillerBytes = FILLER_BYTES): Player {
  const id = createHash('sha256').update(`player ${number}`).digest('hex').slice(0, 8)
  const ofN = movesOf(`n of ${id}`)
  const ofSignature = movesOf(`signature of ${id}`)
  const timestamp = 20_000 + number
  const parts = [
    'var window=this;',
    `g.settings={signatureTimestamp:${timestamp}};`,
    fillerSource(fillerBytes),
    scramblerSource('solveN', ofN),
    scramblerSource('solveSignature', ofSignature),
    ADDRESS,
  ]
  return {
    id,
    path: `/s/player/${id}/player_ias.vflset/en_US/base.js`,
    timestamp,
    source: `var _yt_player={};(function(g){${parts.join('\n')}\n})(_yt_player);\n`,
    solveN: (challenge) => scrambled(challenge, ofN),
    solveSignature: (challenge) => scrambled(challenge, ofSignature),
  }
}

/** An address whose parameters can be changed. The solver calls the one method of it that is not `set`, `get` or `clone`. */
const ADDRESS = `
g.Address=function(a){this.text=a;this.values={}};
g.Address.prototype.set=function(a,b){this.values[a]=b};
g.Address.prototype.get=function(a){return a in this.values?this.values[a]:null};
g.Address.prototype.clone=function(){return new g.Address(this.text)};
g.Address.prototype.settle=function(){var a=this.get("n");a&&this.set("n",g.solveN(a))};
g.open=function(a,b,c){a=new g.Address(a);a.set("alr","yes");c&&a.set(b,encodeURIComponent(g.solveSignature(decodeURIComponent(c))));return a};`
