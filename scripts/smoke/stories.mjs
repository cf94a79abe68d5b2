/** What the composed stack promises, each promise in words with the story that keeps it. They run in this order. */
import { attacksReachNothing } from './stories-of-attacks.mjs'
import { cancelLeavesNothing, killedWorkerResumes, stackSurvivesStop, twoWorkersShare } from './stories-of-faults.mjs'
import { sitesForBrowsersAreRead, wrongNamesAreRefused } from './stories-of-https.mjs'
import { infoAndFile, swaggerLoads } from './stories-of-use.mjs'
import { containersAreConfined } from './stories-of-walls.mjs'

export const stories = {
  'the service is operational and Swagger UI loads': swaggerLoads,
  'info is extracted; a download shows progress, and its file is the one whose digest was reported': infoAndFile,
  'a site whose certificate is for another name is refused': wrongNamesAreRefused,
  'a site that serves browsers alone is read': sitesForBrowsersAreRead,
  'the containers are read-only, without privileges, and hold only what they need': containersAreConfined,
  'sources reach neither the other containers nor the metadata of a cloud': attacksReachNothing,
  'a cancelled download leaves no process and no partial file': cancelLeavesNothing,
  'a download whose worker was killed continues where it was and completes': killedWorkerResumes,
  'two workers share the work': twoWorkersShare,
  'the stack stops in order, and jobs and files are there when it is back': stackSurvivesStop,
}
