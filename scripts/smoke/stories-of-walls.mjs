/** Stories of what the containers must not be able to do. */
import assert from 'node:assert/strict'

const canWrite = (folder) =>
  `if touch ${folder}/planted 2>/dev/null && rm ${folder}/planted; then echo yes; else echo no; fi`

export async function containersAreConfined(composition) {
  const ask = async (service, command) => (await composition.shell(service, command)).trim()
  for (const service of ['api', 'worker', 'redis']) {
    assert.notEqual(await ask(service, 'id -u'), '0', `${service} runs as root`)
    assert.match(
      await ask(service, 'cat /proc/mounts'),
      /^\S+ \/ \S+ ro,/m,
      `${service} has a root that can be written`,
    )
    assert.match(await ask(service, 'cat /proc/1/status'), /^CapBnd:\s+0+$[\s\S]*^NoNewPrivs:\s+1$/m, service)
    const [container] = await composition.containers(service)
    assert.match(await composition.docker(['inspect', '--format', '{{.State.Health.Status}}', container]), /^healthy/)
  }
  for (const service of ['api', 'worker']) {
    assert.equal(await ask(service, canWrite('/app')), 'no', `${service} can change its program`)
    assert.equal(await ask(service, canWrite('/data')), 'yes', `${service} cannot keep files`)
  }
  assert.equal(await ask('api', 'command -v python3 python ffmpeg ffprobe || true'), '')
  const redis = (command) => ask('redis', `REDISCLI_AUTH=$(cat /run/queue/password) redis-cli ${command}`)
  assert.equal(await redis('config get maxmemory-policy'), 'maxmemory-policy\nnoeviction')
  assert.equal(await redis('config get appendonly'), 'appendonly\nyes')
  assert.match(await ask('redis', 'redis-cli ping'), /NOAUTH/, 'Redis answers without a password')
  assert.match(await ask('worker', 'stat -c %a:%g /run/queue/password'), /^640:1000$/, 'who may read the password')
  assert.equal(await ask('worker', canWrite('/run/queue')), 'no', 'worker can change the password')
  // A line counts what is refused; a gap makes the exit code, and so this, a failure.
  assert.match(
    await ask('worker', 'node apps/worker/dist/probe-sandbox.js'),
    /^(\d+) of \1 are refused to a job here\.$/m,
  )

  const [api] = await composition.containers('api')
  assert.match(await composition.docker(['port', api]), /^5501\/tcp -> 127\.0\.0\.1:\d+\n$/)
}
