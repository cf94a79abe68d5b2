/** `node e2e/upgrade/build.mjs FOLDER`: makes the earlier build in that folder, for whoever wants to run it. */
import { buildEarlier, EARLIER_COMMIT } from './earlier-build.mjs'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Say in which folder: node e2e/upgrade/build.mjs FOLDER')
await buildEarlier({ commit: EARLIER_COMMIT, folder, say: (line) => process.stdout.write(`${line}\n`) })
