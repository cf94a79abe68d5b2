/** A folder keeps every promise of a library's home. */
import { keepsItsPromises } from './home-promises.ts'
import { localHome } from './homes.ts'

keepsItsPromises(localHome, {
  publish: [
    ['settled', false],
    ['cleared', false],
    ['described', false],
    ['published', true],
  ],
  remove: ['media removed', 'sidecar removed'],
})
