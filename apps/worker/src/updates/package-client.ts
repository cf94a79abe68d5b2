/** pip, as it belongs to the interpreter: finds it, and runs it with the settings of the operator and nothing else of the worker's. */
import { execFile, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const QUESTION_WITHIN_MS = 30_000
const RUN_WITHIN_MS = 15 * 60_000
const WORDS_LENGTH_MAX = 4_000

// Debian splits pip off, but a wheel of pip can run itself.
const QUESTION = `
import glob, importlib.util, json, os, sys
wheels = glob.glob(os.path.join(os.path.dirname(os.__file__), 'ensurepip', '_bundled', 'pip-*.whl'))
wheels += glob.glob('/usr/share/python-wheels/pip-*.whl')
pip = ['-m', 'pip'] if importlib.util.find_spec('pip') else [wheels[0] + '/pip'] if wheels else None
print(json.dumps({'tag': sys.implementation.cache_tag, 'pip': pip}))
`

const ALWAYS = [
  '--no-input',
  '--disable-pip-version-check',
  '--no-cache-dir',
  '--only-binary',
  ':all:',
  '--retries',
  '2',
]

/** What of the environment may decide how packages are fetched. Everything else stays with the worker. */
const PASSED_ON = /^(PIP_\w+|(https?|all|no)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|PATH|LANG)$/i
/** Python prefers the small spelling, and pip its own variable. */
const NAMES_A_PROXY = /^(PIP_PROXY|\w+_proxy)$/i
/** Where else packages may come from. */
const NAMES_AN_INDEX = /^PIP_(CONFIG_FILE|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX)$/i
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'PIP_PROXY']

interface PackageClientOptions {
  readonly python: string
  /**
   * `YTDLP_INDEX_URL`: packages come from there alone, so pip's own files of settings are not read and its variables name no
   * other place. Empty: the public index, or what pip's settings say. May hold credentials.
   */
  readonly indexUrl: string
  /** `EGRESS_UPSTREAM_PROXY`, whatever the environment says; empty: as the environment says. May hold credentials. */
  readonly proxyUrl: string
  /** `EGRESS_CA_FILE`; empty: none. */
  readonly authorityFile: string
  /** A folder with certifi's package, whose authorities are trusted beside those of the file. */
  readonly home: string
  readonly environment: NodeJS.ProcessEnv
}

export interface PackageClient {
  /** Of the interpreter, such as `cpython-313`: compiled modules belong to it. */
  readonly tag: string
  /** Runs pip with these words. `folder`: an empty one, with space for packages. Rejects with the end of what it said. */
  run(words: readonly string[], folder: string, signal: AbortSignal): Promise<void>
}

/** Rejects with a sentence for the operator where there is no pip. */
export async function findPackageClient(options: PackageClientOptions): Promise<PackageClient> {
  const { python } = options
  const { stdout } = await promisify(execFile)(python, ['-I', '-c', QUESTION], { timeout: QUESTION_WITHIN_MS })
  const { tag, pip } = JSON.parse(stdout) as { tag: string; pip: string[] | null }
  if (pip === null)
    throw new Error('There is no pip for this Python. Install it (Debian: python3-pip), or set YTDLP_CHANNEL=pinned.')
  return {
    tag,
    async run(words, folder, signal) {
      const env = { ...(await environmentOf(options, folder)), HOME: folder, TMPDIR: folder }
      await runProgram(python, ['-I', ...pip, ...words, ...ALWAYS], env, signal)
    },
  }
}

/** Addresses may hold credentials, which must stand on no command line. */
async function environmentOf(
  { indexUrl, proxyUrl, authorityFile, home, environment }: PackageClientOptions,
  folder: string,
): Promise<Record<string, string>> {
  const isPassedOn = (name: string): boolean =>
    PASSED_ON.test(name) &&
    !(proxyUrl !== '' && NAMES_A_PROXY.test(name)) &&
    !(indexUrl !== '' && NAMES_AN_INDEX.test(name))
  const passed = Object.entries(environment).filter(([name, value]) => isPassedOn(name) && value !== undefined)
  const certificates = join(folder, 'authorities.pem')
  if (authorityFile !== '') {
    const texts = await Promise.all(
      [join(home, 'certifi', 'cacert.pem'), authorityFile].map((path) => readFile(path, 'latin1')),
    )
    await writeFile(certificates, texts.join('\n'))
  }
  return {
    ...(Object.fromEntries(passed) as Record<string, string>),
    PIP_ROOT_USER_ACTION: 'ignore',
    PIP_USER: '0',
    PIP_REQUIRE_VIRTUALENV: '0',
    PYTHONNOUSERSITE: '1',
    ...(indexUrl !== '' && { PIP_INDEX_URL: indexUrl, PIP_CONFIG_FILE: '/dev/null' }),
    ...(proxyUrl !== '' && Object.fromEntries(PROXY_VARIABLES.map((name) => [name, proxyUrl]))),
    ...(authorityFile !== '' && { PIP_CERT: certificates }),
  }
}

/** `-I` would make Python forget `PYTHON…`, not `PIP_…`. Settles when the process is gone. */
export function runProgram(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-WORDS_LENGTH_MAX)
    })
    const end = (): void => {
      // The process leads a group of its own: pip starts others.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }
    const timer = setTimeout(end, RUN_WITHIN_MS)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    }
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('close', (code) => {
      settle()
      if (code === 0) resolve()
      else reject(new Error(withoutCredentials(lastLineOf(said)) || `it ended with exit code ${String(code)}`))
    })
  })
}

const lastLineOf = (said: string): string =>
  said
    .split('\n')
    .filter((line) => /^\s*ERROR/.test(line))
    .slice(-2)
    .join(' ')
    .slice(0, 500)

const withoutCredentials = (text: string): string => text.replace(/\/\/[^/@\s]{1,500}@/g, '//…@')
