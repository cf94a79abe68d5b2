/** The generated modules of the client: what is answered, what is sent, and the table of operations. */
import { eventsOf, isObject, isPlain, literalsOf, operationsOf, reached } from './document.mjs'
import { documentation, nameOf, optional, pascal, snake, typeText } from './type-text.mjs'

const head = (says, imports) =>
  `# Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.\n"""${says}"""\n\n${imports}\n`

/** Words that Python keeps for itself. A field with such a name is read with `[…]`. */
const RESERVED = new Set(['from', 'class', 'import', 'in', 'is', 'as', 'global', 'lambda', 'pass', 'return', 'to_dict'])

/** Classes in the order in which they are needed, each with those that were hoisted out of it before it. */
function newModule(classText) {
  const texts = []
  const hoisted = (name, schema) => {
    texts.push(classText(name, schema, hoisted))
    return name
  }
  return { texts, hoisted }
}

const membersOf = ({ properties }) => Object.entries(properties).filter(([name]) => !RESERVED.has(name))

/** `schemas.py`: what the service answers, and the vocabularies of both directions. */
export function schemasText(document) {
  const { schemas } = document.components
  const events = eventsOf(document)
  const answered = operationsOf(document).flatMap(({ answers }) => answers)
  const names = reached(document, [answered, events, { $ref: '#/components/schemas/ErrorReply' }])
  const sent = reached(document, [bodies(document), queries(document)])
  const literals = literalsOf(document)
  const eventNames = new Set(events.map(({ schema }) => nameOf(schema)))
  const classText = (name, schema, hoisted) => {
    const fields = membersOf(schema).map(([field, value]) => {
      const word = literals[name]?.[field]
      const type = word ? `Literal[${JSON.stringify(word)}]` : typeText(value, name + pascal(field), hoisted)
      const isSure = (schema.required ?? []).includes(field)
      return `    ${field}: ${isSure ? type : optional(type)}\n${documentation(value.description, '    ')}`
    })
    if (eventNames.has(name)) {
      const says = '`webhook-id`: the same in each attempt and replay. Whoever keeps it does nothing twice.'
      fields.unshift(`    id: str\n${documentation(says, '    ')}`)
    }
    return `class ${name}(Model):\n${documentation(schema.description, '    ')}    __slots__ = ()\n${fields.join('')}`
  }
  const { texts, hoisted } = newModule(classText)
  const aliases = []
  for (const [name, schema] of Object.entries(schemas)) {
    if (isObject(schema)) {
      if (names.has(name)) hoisted(name, schema)
    } else if (names.has(name) || (sent.has(name) && isPlain(schema))) {
      const text = `${name} = ${typeText(schema, name, hoisted)}\n${documentation(schema.description, '')}`
      // Unions of classes come behind the classes.
      ;(isPlain(schema) ? texts : aliases).push(text)
    }
  }
  aliases.push(`KnownWebhookEvent = Union[${[...eventNames].join(', ')}]\n"""What is posted to a receiver."""\n`)
  const says = 'What the service answers. A vocabulary is open: a newer service may say another word.'
  const imports =
    'from __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\nfrom typing import Any, Literal, Optional, Union\n\nfrom .model import Model\n'
  const all = [
    ...texts.filter((text) => !text.startsWith('class')),
    ...texts.filter((text) => text.startsWith('class')),
  ]
  return `${head(says, unusedLeftOut(imports, [...all, ...aliases].join('\n')))}\n${[...all, ...aliases].join('\n\n')}`
}

const bodies = (document) => operationsOf(document).map(({ body }) => body)
const queries = (document) => operationsOf(document).flatMap(({ parameters }) => parameters.map(({ schema }) => schema))

/** `bodies.py`: what is sent, as dictionaries whose keys are known. */
export function bodiesText(document) {
  const { schemas } = document.components
  const names = reached(document, bodies(document))
  const words = new Set()
  const classText = (name, schema, hoisted) => {
    const isSingle = /^Single\w+Request$/.test(name)
    const fields = membersOf(schema)
      .filter(([field]) => !(isSingle && field === 'url'))
      .map(([field, value]) => {
        const type = typeText(value, name + pascal(field), hoisted)
        const isSure = (schema.required ?? []).includes(field)
        return `    ${field}: ${isSure ? `Required[${type}]` : type}\n${documentation(value.description, '    ')}`
      })
    const ownName = isSingle ? name.replace(/^Single(\w+)Request$/, '$1Fields') : name
    const says = isSingle ? 'What is given besides the address.' : schema.description
    return `class ${ownName}(TypedDict, total=False):\n${documentation(says, '    ')}${fields.join('') || '    pass\n'}`
  }
  const { texts, hoisted } = newModule(classText)
  const lists = []
  for (const [name, schema] of Object.entries(schemas)) {
    if (!names.has(name)) continue
    if (isObject(schema)) {
      if (!/^Batch\w+Request$/.test(name)) hoisted(name, schema)
    } else if (isPlain(schema)) words.add(name)
    // Behind the class of its items.
    else if (schema.type === 'array') lists.push([name, schema])
  }
  texts.push(...queryTexts(document, words, hoisted))
  for (const [name, schema] of lists) {
    texts.push(`${name} = ${typeText(schema, name, hoisted)}\n${documentation(schema.description, '')}`)
  }
  const text = texts.join('\n\n')
  const used = [...words].filter((word) => new RegExp(`\\b${word}\\b`).test(text)).sort()
  const imports =
    'from __future__ import annotations\n\nfrom collections.abc import Sequence\nfrom typing import Any, Literal, Optional, Union\n\nfrom typing_extensions import Required, TypedDict\n'
  const own = used.length > 0 ? `\nfrom .schemas import (\n${used.map((word) => `    ${word},\n`).join('')})\n` : ''
  return `${head('What is sent. A key that is not here is sent as it is.', unusedLeftOut(imports, text) + own)}\n${text}`
}

/** The class of each query. What its fields need of the schemas is added to `words`. */
function queryTexts(document, words, hoisted) {
  const texts = []
  for (const { id, parameters } of operationsOf(document)) {
    const query = parameters.filter((parameter) => parameter.in === 'query')
    if (query.length === 0) continue
    const fields = query.map(({ name, required, schema, description }) => {
      for (const word of reached(document, [schema])) words.add(word)
      const type = typeText(schema, pascal(name), hoisted)
      return `    ${name}: ${required ? `Required[${type}]` : type}\n${documentation(description, '    ')}`
    })
    const name = `${id[0].toUpperCase()}${id.slice(1)}Query`
    texts.push(`class ${name}(TypedDict, total=False):\n    """The query of \`${id}\`."""\n${fields.join('')}`)
  }
  return texts
}

/** `operations.py`: the table of all operations, each with the type of its answer. */
export function operationsText(document) {
  const operations = operationsOf(document)
  const rows = operations.map(({ id, method, path, isKeyed, answers, summary }) => {
    const type = answerText(answers)
    const value = `Operation("${id}", "${method}", "${path}", ${isKeyed ? 'True' : 'False'}, ${type})`
    return `${snake(id).toUpperCase()}: Final[Operation[${type}]] = ${value}\n${documentation(summary, '')}`
  })
  const constants = operations.map(({ id }) => snake(id).toUpperCase())
  const text = rows.join('')
  const names = Object.keys(document.components.schemas).filter((name) => new RegExp(`\\b${name}\\b`).test(text))
  const imports =
    'from __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\nfrom typing import Any, Final, Union\n\nfrom .operation import Operation\n'
  const own = `from .schemas import (\n${names
    .sort()
    .map((name) => `    ${name},\n`)
    .join('')})\n`
  const table = `OPERATIONS: Final[Mapping[str, Operation[Any]]] = {\n    each.id: each\n    for each in (\n${constants.map((name) => `        ${name},\n`).join('')}    )\n}\n"""By \`operationId\`."""\n`
  return `${head('Every operation of the API.', unusedLeftOut(imports, text + table) + own)}\n${text}\n${table}`
}

/** What is no JSON has no type here: it is given unread. */
function answerText(answers) {
  const refuse = () => {
    throw new Error('An answer has no name of its own.')
  }
  const texts = [...new Set(answers.map((schema) => (schema ? typeText(schema, '', refuse) : 'None')))]
  return texts.length === 1 ? texts[0] : `Union[${texts.join(', ')}]`
}

/** Imports without the names that `text` does not use. */
function unusedLeftOut(imports, text) {
  const kept = imports.split('\n').map((line) => {
    const [, from, names] = /^(from (?!__future__)\S+ import )(.+)$/.exec(line) ?? []
    if (!names) return line
    const used = names.split(', ').filter((name) => new RegExp(`\\b${name}\\b`).test(text))
    return used.length > 0 ? from + used.join(', ') : null
  })
  return kept.filter((line) => line !== null).join('\n')
}
