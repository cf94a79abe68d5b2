/** As `runtimes.full.test.ts`, in the version of Node.js between the two that are tried more often. */
import { behavesIn, installedRuntimes } from '../src/javascript-runtime.ts'

behavesIn({ name: 'Node.js 22', version: /^v22\./, command: [installedRuntimes().node22] })
