/** How the document calls the operations that show the status of a job: those of each form. */
import {
  type JobKind,
  kinds,
  kindsOfForm,
  nameOf,
  type StatusForm,
  statusForms,
  statusReplies,
} from '@video-scraper/contracts'
import { statusExamples } from '../openapi/examples/kind-examples.ts'
import { IdParameter } from '../openapi/schema-reference.ts'

interface StatusOperations {
  readonly get: { readonly operationId: string; readonly summary: string; readonly description: string }
  readonly stream: { readonly operationId: string; readonly summary: string }
}

export const statusOperations = {
  job: {
    get: {
      operationId: 'getInfoJob',
      summary: 'Check job status',
      description: 'A failed job is still a 200: the failure is in `error`, `code` and `retryable`.',
    },
    stream: { operationId: 'streamInfoJob', summary: 'Follow a job' },
  },
  download: {
    get: {
      operationId: 'getDownload',
      summary: 'Check download status',
      description: 'A failed download is still a 200: the failure is in `error`, `code` and `retryable`.',
    },
    stream: { operationId: 'streamDownload', summary: 'Follow a download' },
  },
} as const satisfies Record<StatusForm, StatusOperations>

/** The kind after which the operations of a form are named: the one that the specification has. */
export const firstOfForm = (form: StatusForm): JobKind => {
  const [first] = kindsOfForm(form)
  if (first === undefined) throw new Error(`No kind of job has a status of the form ${form}.`)
  return first
}

/** The name of the schema of a status of this form. */
export const statusReplyOf = (form: StatusForm): string => nameOf(statusReplies[form])

/** Examples of the first kind by their own names, those of the others with the kind before it. */
export const examplesOfForm = (form: StatusForm): Record<string, object> =>
  Object.assign(
    {},
    ...kindsOfForm(form).map((kind) =>
      kind === firstOfForm(form)
        ? statusExamples(kind)
        : Object.fromEntries(Object.entries(statusExamples(kind)).map(([name, each]) => [`${kind}_${name}`, each])),
    ),
  )

/** `The job_id of POST /info.` */
export function idParameterOf(form: StatusForm) {
  const { idKey } = statusForms[form]
  const posts = kindsOfForm(form).map((kind) => `POST /${kinds[kind].path}`)
  return IdParameter(idKey, `The \`${idKey}\` of ${posts.join(' or ')}.`)
}

export const tagOf = (form: StatusForm): string => kinds[firstOfForm(form)].operation.tag
