/** The same as `redis-faults.test.ts` where Redis lacks its replica, or has become one. */
import { useQueue } from './queue-rig.ts'
import { testFaults } from './redis-faults.ts'

testFaults(useQueue(), ['without the replica that it must have', 'a replica, as after a fail-over'])
