/** A small API document, changes that break its clients, each with what must be said of it, and changes that do not. */

const json = (schema) => ({ content: { 'application/json': { schema } } })
const ref = (name) => ({ $ref: `#/components/schemas/${name}` })

export const document = {
  openapi: '3.1.0',
  info: { version: '1.0.0' },
  components: {
    schemas: {
      Request: {
        type: 'object',
        required: ['url'],
        properties: {
          url: { type: 'string', minLength: 1, maxLength: 100 },
          quality: { type: 'string', enum: ['best', 'small'] },
          rate: { type: 'number', minimum: 0, maximum: 10 },
          names: { type: 'array', items: { type: ['string', 'null'] }, maxItems: 5 },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          place: { oneOf: [ref('ByName'), ref('ByNumber')] },
        },
      },
      ByName: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      ByNumber: { type: 'object', required: ['number'], properties: { number: { type: 'integer' } } },
      Job: {
        oneOf: [ref('Running'), ref('Ended')],
        discriminator: { propertyName: 'status', mapping: { running: '#/components/schemas/Running' } },
      },
      Running: {
        type: 'object',
        required: ['status'],
        properties: { status: { type: 'string', enum: ['running'] }, before: ref('Job') },
      },
      Ended: {
        type: 'object',
        required: ['status', 'at'],
        properties: {
          status: { type: 'string', enum: ['ended'] },
          at: { type: 'string', format: 'date-time' },
          size: { type: 'integer' },
          files: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  },
  paths: {
    '/jobs': {
      post: {
        operationId: 'createJob',
        'x-required-scope': 'write',
        parameters: [
          { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
          { name: 'key', in: 'header', required: false, schema: { type: 'string' } },
        ],
        requestBody: { required: false, ...json(ref('Request')) },
        responses: { 202: { headers: { Location: {} }, ...json(ref('Job')) }, 404: json(ref('Job')) },
      },
    },
    '/status': { get: { operationId: 'getStatus', responses: { 200: json({ type: 'string' }) } } },
  },
  webhooks: {
    ended: {
      post: { parameters: [{ name: 'id', in: 'header', schema: { type: 'string' } }], requestBody: json(ref('Ended')) },
    },
  },
}

const sent = (name, value) => (all) => Object.assign(all.fields.Request.properties[name], value)
const read = (name, value) => (all) => Object.assign(all.fields.Ended.properties[name], value)
const parameter = (index, value) => (all) => Object.assign(all.operation.parameters[index], value)
const inBody = (key) => (all) => Reflect.deleteProperty(all.fields.Request.properties, key)

/** For each bound: a field that is sent, and a value with which it takes less. */
export const narrower = {
  maximum: ['rate', 9],
  exclusiveMaximum: ['rate', 9],
  maxLength: ['url', 99],
  maxItems: ['names', 4],
  maxProperties: ['labels', 4],
  minimum: ['rate', 1],
  exclusiveMinimum: ['rate', 0],
  minLength: ['url', 2],
  minItems: ['names', 1],
  minProperties: ['labels', 1],
  pattern: ['url', '^a'],
  format: ['url', 'uri'],
  multipleOf: ['rate', 2],
  uniqueItems: ['names', true],
}

/** For each kind of break: a change, and the only thing that must be said of it. */
export const breaks = {
  'a path vanishes': [({ paths }) => Reflect.deleteProperty(paths, '/status'), /^GET \/status: the operation has/],
  'a method vanishes': [({ paths }) => Reflect.deleteProperty(paths['/status'], 'get'), /^GET \/status: the operation/],
  'an operation has another name': [
    ({ operation }) => Object.assign(operation, { operationId: 'make' }),
    /operationId was/,
  ],
  'an operation needs more': [
    ({ operation }) => Object.assign(operation, { 'x-required-scope': 'admin' }),
    /scope was write/,
  ],
  'a parameter vanishes': [({ operation }) => operation.parameters.pop(), /parameter header key has vanished/],
  'a parameter becomes required': [parameter(0, { required: true }), /parameter query limit is required now/],
  'a parameter that is new is required': [
    ({ operation }) => operation.parameters.push({ name: 'x', in: 'query', required: true, schema: {} }),
    /parameter query x is required now/,
  ],
  'a parameter takes less': [parameter(0, { schema: { type: 'integer', maximum: 9 } }), /limit: maximum takes less/],
  'a body vanishes': [({ operation }) => Reflect.deleteProperty(operation, 'requestBody'), /takes no body any more/],
  'a body becomes required': [
    ({ operation }) => Object.assign(operation.requestBody, { required: true }),
    /body is required/,
  ],
  'a body has another media type': [
    ({ operation }) => Object.assign(operation.requestBody, { content: { 'text/plain': { schema: {} } } }),
    /media type application\/json has vanished/,
  ],
  'an answer vanishes': [
    ({ operation }) => Reflect.deleteProperty(operation.responses, '404'),
    /answer 404 has vanished/,
  ],
  'an answer has another media type': [
    ({ operation }) => Object.assign(operation.responses[404], { content: { 'text/plain': { schema: {} } } }),
    /404: the media type application\/json has vanished/,
  ],
  'a header of an answer vanishes': [
    ({ operation }) => Object.assign(operation.responses[202], { headers: {} }),
    /202: the header Location has vanished/,
  ],
  'a field that is sent vanishes': [inBody('rate'), /^Request.rate: the field has vanished/],
  'a field that is sent becomes required': [
    ({ fields }) => fields.Request.required.push('rate'),
    /^Request.rate: it is required now/,
  ],
  'a type that is sent narrows': [sent('rate', { type: 'integer' }), /^Request.rate: number was taken/],
  'null may not be sent any more': [sent('names', { items: { type: 'string' } }), /^Request.names\[\]: null was taken/],
  'a word that is sent vanishes': [sent('quality', { enum: ['best'] }), /the word "small" has vanished/],
  'words are all that may be sent': [sent('url', { enum: ['a'] }), /takes some words only/],
  ...Object.fromEntries(
    Object.entries(narrower).map(([keyword, [name, value]]) => [
      `${keyword} narrows`,
      [sent(name, { [keyword]: value }), new RegExp(`^Request.${name}: ${keyword} takes less`)],
    ]),
  ),
  'no other fields may be sent': [
    ({ fields }) => Object.assign(fields.Request, { additionalProperties: false }),
    /^Request: it takes no other fields/,
  ],
  'values of a map that is sent narrow': [
    sent('labels', { additionalProperties: { type: 'string', maxLength: 1 } }),
    /labels\.\*: maxLength takes less/,
  ],
  'names of a map that is sent narrow': [
    sent('labels', { propertyNames: { maxLength: 3 } }),
    /names of Request.labels: maxLength/,
  ],
  'a kind that is sent vanishes': [sent('place', { oneOf: [ref('ByName')] }), /place: ByNumber has vanished/],
  'a field that is read vanishes': [
    ({ fields }) => Reflect.deleteProperty(fields.Ended.properties, 'size'),
    /^Ended.size: the field has vanished/,
  ],
  'a field that is read may be missing': [
    ({ fields }) => Object.assign(fields.Ended, { required: ['status'] }),
    /^Ended.at: it may be missing now/,
  ],
  'a field that is read has another type': [read('size', { type: 'string' }), /^Ended.size: it may be string now/],
  'a field that is read may be null': [read('size', { type: ['integer', 'null'] }), /^Ended.size: it may be null now/],
  'a field that is read has another format': [read('at', { format: 'date' }), /^Ended.at: its format was date-time/],
  'a word that is read vanishes': [read('status', { enum: ['done'] }), /^Ended.status: the word "ended" has vanished/],
  'items that are read have another type': [
    read('files', { items: { type: 'string' } }),
    /files\[\]: it may be string now/,
  ],
  'values of a map that is read have another type': [
    read('labels', { additionalProperties: { type: 'number' } }),
    /^Ended.labels\.\*: it may be number now/,
  ],
  'a kind that is read vanishes': [({ fields }) => fields.Job.oneOf.pop(), /^Job: Ended has vanished/],
  'kinds are distinguished by another field': [
    ({ fields }) => Object.assign(fields.Job.discriminator, { propertyName: 'kind' }),
    /distinguished by status/,
  ],
  'an event vanishes': [({ webhooks }) => Reflect.deleteProperty(webhooks, 'ended'), /^ended: the event has vanished/],
  'a header of an event vanishes': [
    ({ webhooks }) => webhooks.ended.post.parameters.pop(),
    /parameter header id has vanished/,
  ],
}

/** Additions, and what takes more than before. */
export const freeChanges = {
  'a new operation': ({ paths }) => Object.assign(paths, { '/new': { get: { operationId: 'new', responses: {} } } }),
  'a new parameter': ({ operation }) => operation.parameters.push({ name: 'x', in: 'query', schema: {} }),
  'a new answer': ({ operation }) => Object.assign(operation.responses, { 409: {} }),
  'a new media type': ({ operation }) =>
    Object.assign(operation.responses[202].content, { 'text/plain': { schema: { type: 'string' } } }),
  'a new event': ({ webhooks }) => Object.assign(webhooks, { other: webhooks.ended }),
  'a new field that may be sent': ({ fields }) =>
    Object.assign(fields.Request.properties, { other: { type: 'string' } }),
  'a new field that is read': ({ fields }) => Object.assign(fields.Ended.properties, { other: { type: 'string' } }),
  'a new word that may be sent': sent('quality', { enum: ['best', 'small', 'large'] }),
  'a new word that is read': read('status', { enum: ['ended', 'lost'] }),
  'a new kind that may be sent': ({ fields }) => fields.Request.properties.place.oneOf.push({ type: 'string' }),
  'a new kind that is read': ({ fields }) => fields.Job.oneOf.push(ref('ByName')),
  'one kind that may be sent becomes two': sent('labels', {
    type: undefined,
    additionalProperties: undefined,
    oneOf: [{ type: 'object', additionalProperties: { type: 'string' } }, { type: 'null' }],
  }),
  'wider bounds': sent('url', { minLength: 0, maxLength: 1000 }),
  'a wider type': sent('url', { type: ['string', 'null'] }),
  'a field that was required and may be left out': ({ fields }) => Object.assign(fields.Request, { required: [] }),
  'a field that may be missing and always comes': ({ fields }) => fields.Ended.required.push('size'),
  'another text for people': sent('url', { description: 'Where it is.' }),
}
