/** The players that one engine keeps: prepared by its own yt-dlp-ejs, whose version may differ from that of another engine. */
import type { EngineParts, PlayersOptions } from '../engine-options.ts'
import { type KeptPlayers, keepPlayers } from './kept-players.ts'
import { playerFilesIn } from './player-files.ts'
import { preparePlayer } from './prepare-player.ts'

export function keptPlayersOf(engine: EngineParts, { folder, fetch }: PlayersOptions): KeptPlayers {
  const { logger } = engine
  return keepPlayers({
    files: playerFilesIn(folder),
    fetch,
    prepare: (source, signal) => preparePlayer(engine, { source, beside: folder, signal }),
    ...(logger && { logger }),
  })
}
