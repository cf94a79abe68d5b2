/** Looks into the worker's container: what runs there, and what lies in the volume. */

/** Everything that may run in a worker that has nothing to do. */
const usual = [
  /^\/sbin\/docker-init /,
  /^node apps\/worker\/dist\/(main|health-check)\.js$/,
  // What keeps yt-dlp ready between jobs.
  /^yt-dlp (zygote|waits for a job)$/,
]

/** The command lines of a job's processes: of all in the container but the worker's own. */
export async function jobProcesses({ docker, containers }) {
  const [container] = await containers('worker')
  const [, ...lines] = (await docker(['top', container, '-eo', 'pid,args'])).trimEnd().split('\n')
  return lines.map((line) => line.trim().replace(/^\d+\s+/, '')).filter((line) => !usual.some((one) => one.test(line)))
}

/** The bytes of a job's partial media; null where it has no work folder. */
export async function partialBytes({ shell }, id) {
  const folder = `/data/work/${id}`
  const sizes = await shell('worker', `[ -d ${folder} ] && find ${folder} -name 'media.*' -printf '%s\\n' || echo none`)
  const lines = sizes.trim().split('\n')
  return lines[0] === 'none' ? null : lines.reduce((sum, size) => sum + Number(size), 0)
}
