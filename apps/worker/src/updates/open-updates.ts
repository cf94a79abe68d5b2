/** Updates as the settings want them: where versions lie, and where newer ones come from. */
import { join, resolve } from 'node:path'
import type { WorkerSettings } from '../config.ts'
import { type Channel, installedVersionsIn } from './installed-versions.ts'
import { findPackageClient } from './package-client.ts'
import { updateStatesIn } from './update-state.ts'

type UpdateSettings = Pick<
  WorkerSettings,
  | 'PYTHON'
  | 'YTDLP_HOME'
  | 'YTDLP_CHANNEL'
  | 'YTDLP_INDEX_URL'
  | 'YTDLP_UPDATES_DIR'
  | 'DATA_DIR'
  | 'EGRESS_UPSTREAM_PROXY'
  | 'EGRESS_CA_FILE'
>

/** Null: nothing is ever updated. */
export const channelOf = ({ YTDLP_CHANNEL }: UpdateSettings): Channel | null =>
  YTDLP_CHANNEL === 'pinned' ? null : YTDLP_CHANNEL

/** Rejects with a sentence for the operator where there is no pip. */
export async function openVersions(settings: UpdateSettings) {
  const { PYTHON: python, YTDLP_HOME: home, DATA_DIR, YTDLP_UPDATES_DIR } = settings
  const folder = YTDLP_UPDATES_DIR === '' ? join(resolve(DATA_DIR), 'yt-dlp') : resolve(YTDLP_UPDATES_DIR)
  const client = await findPackageClient({
    python,
    home,
    indexUrl: settings.YTDLP_INDEX_URL,
    proxyUrl: settings.EGRESS_UPSTREAM_PROXY,
    authorityFile: settings.EGRESS_CA_FILE,
    environment: process.env,
  })
  return { folder, states: updateStatesIn(folder), installed: installedVersionsIn({ folder, python, client }) }
}
