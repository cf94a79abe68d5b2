/** Chromium without a window, for tests of what a person sees. */
import { type Browser, chromium } from 'playwright-core'

/** The one that the scripts found (`CHROMIUM`), or where Debian puts it. It runs as root and on loopback alone, so without a sandbox. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
