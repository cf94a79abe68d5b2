#!/usr/bin/env node
/** `video-scraper`: the service from a shell. */
import { readOptions } from './options.ts'
import { runCommand } from './run-command.ts'

process.exitCode = await runCommand(readOptions(process.argv.slice(2)), {
  out: process.stdout,
  err: process.stderr,
  onInterrupt: (stop) => void process.once('SIGINT', stop).once('SIGTERM', stop),
})
