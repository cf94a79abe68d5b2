/** A program for the container's health check: exit code 0 while the worker beside it talks to Redis, else 1. */
import { isHeartbeatFresh } from './heartbeat-file.ts'

process.exitCode = (await isHeartbeatFresh()) ? 0 : 1
