export {
  type ConsumptionLimits,
  type ConsumptionWatch,
  createConsumptionWatch,
  type Overrun,
  type WatchedFolder,
} from './consumption.ts'
export { installFfmpegShim, jobFilterIn } from './ffmpeg-shim.ts'
export { folderUse } from './folder-use.ts'
export { SANDBOX_MODULES } from './modules-folder.ts'
export { endGroup, isRunning, signalGroup, stopInSteps } from './process-group.ts'
export { systemCallNumbers } from './system-calls/filter.ts'
