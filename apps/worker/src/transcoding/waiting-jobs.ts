/** Which jobs of which clients this worker has put off until a time, in its memory: jobs that other workers took are forgotten after theirs. */

export interface WaitingJobs {
  add(client: string, id: string, at: number): void
  remove(client: string, id: string): void
  /** When a job is to ask again, in epoch milliseconds; undefined for one that was not put off here. */
  timeOf(client: string, id: string): number | undefined
  /** Forgets a job, whosever it is: it has ended. */
  forget(id: string): void
  /** The waiting jobs of a client, and how many clients have any. */
  countsOf(client: string): { own: number; clients: number }
  /** Forgets jobs that were to come before `time`, in epoch milliseconds. */
  forgetBefore(time: number): void
}

export function createWaitingJobs(): WaitingJobs {
  const timesOf = new Map<string, Map<string, number>>()
  const remove = (client: string, id: string) => {
    const times = timesOf.get(client)
    times?.delete(id)
    if (times?.size === 0) timesOf.delete(client)
  }
  return {
    remove,
    timeOf: (client, id) => timesOf.get(client)?.get(id),
    add(client, id, at) {
      const times = timesOf.get(client) ?? new Map<string, number>()
      timesOf.set(client, times.set(id, at))
    },
    forget(id) {
      for (const client of timesOf.keys()) remove(client, id)
    },
    countsOf: (client) => ({ own: timesOf.get(client)?.size ?? 0, clients: timesOf.size }),
    forgetBefore(time) {
      for (const [client, times] of timesOf) for (const [id, at] of times) if (at < time) remove(client, id)
    },
  }
}
