/** Tests of a worker as in the container, where it is no root, and has the six privileges that docker-compose.yml gives it. */
import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from '@jest/globals'
import { SANDBOX_MODULES } from '@video-scraper/sandbox'
import { eventually, isAlive } from '@video-scraper/testkit'
import type { OwnUsersRig } from './own-user-rig.ts'
import { WARM } from './stage.ts'

/** What docker-compose.yml gives the worker: an ordinary user with six privileges, none of which a program could add to. */
const PRIVILEGES = '+chown,+dac_override,+kill,+setgid,+setuid,+sys_ptrace'
const asInContainer = [
  ...['--reuid=1000', '--regid=1000', '--groups=27', '--no-new-privs', `--bounding-set=-all,${PRIVILEGES}`],
  ...[`--inh-caps=-all,${PRIVILEGES}`, `--ambient-caps=-all,${PRIVILEGES}`, '--'],
]

export function keepsJobsApartInContainer(rig: OwnUsersRig): void {
  const { where } = rig

  where('a worker that is not root ends the processes of a job’s user, and nobody else’s', async () => {
    const ender = fileURLToPath(new URL('../python/own_user.py', import.meta.url))
    // In a namespace of its own, as a privilege that was kept would end everything that the machine runs.
    const script = `
      setpriv --reuid=40001 --regid=40001 --clear-groups sleep 60 & left=$!
      setpriv --reuid=40002 --regid=40002 --clear-groups sleep 60 & other=$!
      setpriv ${asInContainer.join(' ')} sh -c 'sleep 60 & "$0" -I -S "$1" 40001 "$2"; kill -0 $! && echo the worker lives' "$0" "$1" "$2"
      wait $left
      grep -q '^State:.S' /proc/$other/status && echo so does another job`
    const namespace = ['--pid', '--fork', '--mount-proc', '--kill-child', 'sh', '-c', script]
    const argv = [...namespace, rig.stage.options.python, ender, SANDBOX_MODULES]
    const { stdout } = await promisify(execFile)('unshare', argv)
    expect(stdout).toBe('the worker lives\nso does another job\n')
  })

  for (const warm of [false, true]) {
    where(
      `${warm ? 'warm' : 'cold'}: jobs of a worker that is not root have neither its groups nor its privileges, and kill -9 of it ends them`,
      async () => {
        rig.source.send([
          'import os, time',
          "privileges = [int(line[7:], 16) for line in open('/proc/self/status') if line[:6] in ('CapInh', 'CapPrm', 'CapEff', 'CapAmb')]",
          "reported = f'{os.getuid()} {len(os.getgroups())} {sum(privileges)}'",
          "if os.fork() == 0: open('child', 'w').write(f'{os.getpid()} {reported}'); time.sleep(60); os._exit(0)",
          'time.sleep(60)',
        ])
        const job = await rig.stage.job()
        const locks = join(job.folder, '../locks-of-container')
        mkdirSync(locks, { recursive: true })
        for (const folder of [job.folder, locks]) chownSync(folder, 1000, 1000)
        const given = {
          options: { ...rig.stage.options, home: rig.home, ...(warm && { warm: WARM }) },
          users: {
            python: rig.stage.options.python,
            from: 40_000,
            lockFolder: locks,
            modules: SANDBOX_MODULES,
            reach: [],
          },
          ...{ url: rig.source.url, folder: job.folder, proxyUrl: job.egress.proxyUrl },
        }
        const program = `import { createEngine, openJobUsers } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)}
        const { options, users, url, folder, proxyUrl } = JSON.parse(process.argv[1])
        const engine = createEngine({ ...options, users: await openJobUsers(users) })
        if (options.warm && !(await engine.warmUp())) throw new Error('It is not warm.')
        const egress = { proxyUrl, blocked: () => false, exceeded: () => false }
        await engine.extractInfo({ url }, { jobId: 'a', folder, egress, signal: new AbortController().signal, onProgress() {} })`
        const words = [process.execPath, '--input-type=module', '--eval', program, JSON.stringify(given)]
        const worker = spawn('setpriv', [...asInContainer, ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
        const reported = () => readFileSync(join(job.folder, 'child'), 'utf8').split(' ').map(Number)
        try {
          await eventually(() => expect(reported()).toHaveLength(4), { timeoutMs: 20_000 })
        } finally {
          worker.kill('SIGKILL')
        }
        const [pid = 0, uid = 0, groups, privileges] = reported()
        expect(uid).toBeGreaterThanOrEqual(40_000)
        expect({ groups, privileges }).toEqual({ groups: 0, privileges: 0 })
        await eventually(() => expect(isAlive(pid)).toBe(false), { timeoutMs: 10_000 })
      },
    )
  }
}
