/** For `node --import`. */
import { register } from 'node:module'

register('./typescript-hooks.mjs', import.meta.url)
