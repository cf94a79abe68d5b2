/**
 * Which names a Lua text declares and uses. luaparse makes a tree of it; this walks the tree with the scopes of Lua 5.1,
 * which Redis runs.
 */
import luaparse from 'luaparse'

/** What Redis gives a script. */
const GIVEN = new Set(
  'redis KEYS ARGV cjson cmsgpack bit struct string table math ipairs pairs tonumber tostring type unpack select next error assert pcall'.split(
    ' ',
  ),
)

/**
 * Returns `{ undeclared, unused, outer, keys, args }`: names with their lines as `{ name, line }`. `outer` are the local names
 * of the text itself, with how often each is used. `keys` and `args` are the indexes with which KEYS and ARGV are read; `*`
 * where the whole of them is. `known` are names that are there already, from what the text includes; those that are used
 * are in `taken`.
 */
export function namesIn(text, known = []) {
  const found = { undeclared: [], unused: [], keys: new Set(), args: new Set(), taken: new Set(), outer: new Map() }
  const scopes = []
  const inner = () => scopes.at(-1)

  const open = () => scopes.push(new Map())
  const close = () => {
    for (const { name, line, uses } of scopes.pop().values()) {
      if (uses === 0 && !name.startsWith('_')) found.unused.push({ name, line })
    }
  }
  const declare = ({ name, loc }) => inner().set(name, { name, line: loc.start.line, uses: 0 })
  const use = ({ name, loc }) => {
    const scope = scopes.findLast((each) => each.has(name))
    if (scope) scope.get(name).uses += 1
    else if (known.includes(name)) found.taken.add(name)
    else if (!GIVEN.has(name)) found.undeclared.push({ name, line: loc.start.line })
  }
  const inOwnScope = (work) => {
    open()
    work()
    close()
  }
  const all = (nodes) => nodes.forEach(visit)
  const block = (nodes) => inOwnScope(() => all(nodes))
  const functionBody = ({ parameters, body }) =>
    inOwnScope(() => {
      for (const parameter of parameters) if (parameter.type === 'Identifier') declare(parameter)
      all(body)
    })
  const lists = { KEYS: found.keys, ARGV: found.args }
  const listOf = (node) => (node.type === 'Identifier' ? lists[node.name] : undefined)
  /** `unpack(ARGV, 4)` reads from the fourth on. */
  const isUnpack = ({ base, arguments: [list] }) => base.name === 'unpack' && list && listOf(list)

  const visitors = {
    Chunk: ({ body }) => {
      open()
      all(body)
      found.outer = new Map([...scopes[0].values()].map(({ name, line, uses }) => [name, { line, uses }]))
      scopes.pop()
    },
    LocalStatement: ({ variables, init }) => {
      all(init)
      variables.forEach(declare)
    },
    FunctionDeclaration: (node) => {
      // A local function knows itself.
      if (node.identifier && node.isLocal) declare(node.identifier)
      else if (node.identifier) visit(node.identifier)
      functionBody(node)
    },
    ForNumericStatement: ({ variable, start, end, step, body }) => {
      all([start, end, step].filter(Boolean))
      inOwnScope(() => {
        declare(variable)
        all(body)
      })
    },
    ForGenericStatement: ({ variables, iterators, body }) => {
      all(iterators)
      inOwnScope(() => {
        variables.forEach(declare)
        all(body)
      })
    },
    WhileStatement: ({ condition, body }) => {
      visit(condition)
      block(body)
    },
    DoStatement: ({ body }) => block(body),
    RepeatStatement: ({ condition, body }) => inOwnScope(() => all([...body, condition])),
    IfClause: ({ condition, body }) => {
      visit(condition)
      block(body)
    },
    ElseifClause: (node) => visitors.IfClause(node),
    ElseClause: ({ body }) => block(body),
    MemberExpression: ({ base }) => visit(base),
    TableKeyString: ({ value }) => visit(value),
    IndexExpression: ({ base, index }) => {
      const list = listOf(base)
      if (list) list.add(index.type === 'NumericLiteral' ? index.value : '*')
      else visit(base)
      visit(index)
    },
    CallExpression: (node) => {
      if (isUnpack(node)) {
        listOf(node.arguments[0]).add('*')
        all(node.arguments.slice(1))
      } else all([node.base, ...node.arguments])
    },
    Identifier: (node) => {
      if (listOf(node)) listOf(node).add('*')
      else use(node)
    },
  }
  function visit(node) {
    const visitor = visitors[node.type]
    if (visitor) return visitor(node)
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (child?.type) visit(child)
    }
  }
  visit(luaparse.parse(text, { luaVersion: '5.1', locations: true, comments: false }))
  return found
}
