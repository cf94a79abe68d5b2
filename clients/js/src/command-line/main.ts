#!/usr/bin/env node
/** `video-scraper`: the service from a shell. */
import { readOptions } from './options.ts'
import { runCommand } from './run-command.ts'

// Whoever reads, such as `head`, may have had enough.
process.stdout.on('error', () => process.exit())

process.exitCode = await runCommand(readOptions(process.argv.slice(2)), {
  out: process.stdout,
  err: process.stderr,
  onInterrupt: (stop) => void process.once('SIGINT', stop).once('SIGTERM', stop),
})
