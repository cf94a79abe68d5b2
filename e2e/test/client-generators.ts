/** The generators of clients that the document is tried with: how each is run, and how what it makes is compiled and run. */
import { readFileSync } from 'node:fs'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run-program.ts'

const PROGRAMS = fileURLToPath(new URL('../clients/', import.meta.url))
const TOOLS = new URL('../../.runtime/generators.json', import.meta.url)

type Tools = Record<'node' | 'python' | 'pythonPackages' | 'java' | 'jar' | 'php' | 'guzzle', string>

export function readTools(): Tools {
  try {
    return JSON.parse(readFileSync(TOOLS, 'utf8'))
  } catch {
    throw new Error('There are no generators of clients here. npm run test:full provides them.')
  }
}

interface Workplace {
  tools: Tools
  /** A folder of the generator's own. */
  folder: string
  /** The document as a file. */
  document: string
  origin: string
  url: string
}

export interface Generator {
  name: string
  /** Generators that cannot read the call-backs of OpenAPI 3.1 are given the document that the README names for them. */
  webhooks: boolean
  generate(workplace: Workplace): Promise<unknown>
  /** Compiles or imports the client, and prints as JSON what it got: the title, and the size and digest of the file. */
  use(workplace: Workplace): Promise<string>
}

const node = ({ tools, folder }: Workplace, program: string, argv: string[]) =>
  run(process.execPath, [join(tools.node, 'node_modules', program), ...argv], { folder })

const python = ({ tools, folder }: Workplace, argv: string[]) =>
  run(tools.python, argv, { folder, env: { PYTHONPATH: `${folder}:${tools.pythonPackages}`, PYTHONNOUSERSITE: '1' } })

const openapiGenerator = (workplace: Workplace, language: string, more: string[] = []) => {
  const { tools, folder, document } = workplace
  const argv = ['generate', '-i', document, '-g', language, '-o', join(folder, 'generated'), ...more]
  // Documentation and tests of the client are not looked at.
  const only =
    '--global-property=apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false'
  return run(tools.java, ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-jar', tools.jar, ...argv, only], { folder })
}

const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'commonjs',
  moduleResolution: 'node10',
  strict: true,
  skipLibCheck: true,
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
  outDir: 'compiled',
}

/** Compiles the client together with a program that uses it, in strict mode, and runs the program. */
const compileAndRun = (program: string) => async (workplace: Workplace) => {
  const { folder, origin, url } = workplace
  await cp(join(PROGRAMS, program), join(folder, 'main.ts'))
  const settings = { compilerOptions: COMPILER_OPTIONS, include: ['main.ts', 'generated'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  await node(workplace, 'typescript/bin/tsc', ['-p', '.'])
  return run(process.execPath, [join('compiled', 'main.js'), origin, url], { folder })
}

const runPython = (program: string) => async (workplace: Workplace) => {
  await cp(join(PROGRAMS, program), join(workplace.folder, 'main.py'))
  return python(workplace, ['main.py', workplace.origin, workplace.url])
}

export const generators: Generator[] = [
  {
    name: 'openapi-typescript with openapi-fetch',
    webhooks: true,
    generate: (workplace) =>
      node(workplace, 'openapi-typescript/bin/cli.js', [workplace.document, '-o', 'generated/api.d.ts']),
    use: compileAndRun('openapi-fetch.ts'),
  },
  {
    name: '@hey-api/openapi-ts',
    webhooks: true,
    generate: (workplace) =>
      node(workplace, '@hey-api/openapi-ts/bin/run.js', [
        '-i',
        workplace.document,
        '-o',
        'generated',
        '-c',
        '@hey-api/client-fetch',
      ]),
    use: compileAndRun('hey-api.ts'),
  },
  {
    name: 'orval',
    webhooks: true,
    generate: (workplace) =>
      node(workplace, 'orval/dist/bin/orval.js', [
        '--input',
        workplace.document,
        '--output',
        'generated/api.ts',
        '--client',
        'fetch',
        '--mode',
        'single',
      ]),
    use: compileAndRun('orval.ts'),
  },
  {
    name: 'swagger-typescript-api',
    webhooks: true,
    generate: (workplace) =>
      node(workplace, 'swagger-typescript-api/dist/cli.mjs', [
        'generate',
        '-p',
        workplace.document,
        '-o',
        'generated',
        '-n',
        'api.ts',
        // Its enums are types of their own, which the words of a discriminator are not.
        '--generate-union-enums',
      ]),
    use: compileAndRun('swagger-typescript-api.ts'),
  },
  {
    name: 'openapi-python-client',
    webhooks: true,
    async generate(workplace) {
      const settings = join(workplace.folder, 'settings.json')
      // It would format the code with programs that are not needed here.
      await writeFile(settings, JSON.stringify({ post_hooks: [] }))
      const argv = [
        '--path',
        workplace.document,
        '--output-path',
        'generated',
        '--meta',
        'none',
        '--config',
        settings,
        '--fail-on-warning',
        '--overwrite',
      ]
      return python(workplace, ['-m', 'openapi_python_client', 'generate', ...argv])
    },
    use: runPython('openapi-python-client.py'),
  },
  {
    name: 'datamodel-code-generator',
    webhooks: true,
    async generate(workplace) {
      const argv = ['--input', workplace.document, '--input-file-type', 'openapi', '--output', 'generated/models.py']
      return python(workplace, [
        '-W',
        'ignore',
        '-m',
        'datamodel_code_generator',
        ...argv,
        '--output-model-type',
        'pydantic_v2.BaseModel',
      ])
    },
    use: runPython('datamodel-code-generator.py'),
  },
  {
    name: 'openapi-generator for python',
    webhooks: false,
    async generate(workplace) {
      await openapiGenerator(workplace, 'python')
      await cp(join(workplace.folder, 'generated', 'openapi_client'), join(workplace.folder, 'openapi_client'), {
        recursive: true,
      })
    },
    use: runPython('openapi-generator-python.py'),
  },
  {
    name: 'openapi-generator for typescript-fetch',
    webhooks: false,
    generate: (workplace) => openapiGenerator(workplace, 'typescript-fetch'),
    use: compileAndRun('typescript-fetch.ts'),
  },
  {
    name: 'openapi-generator for php',
    webhooks: false,
    generate: (workplace) => openapiGenerator(workplace, 'php'),
    async use({ tools, folder, origin, url }) {
      await cp(join(PROGRAMS, 'openapi-generator-php.php'), join(folder, 'main.php'))
      return run(tools.php, ['-d', 'error_reporting=E_ALL & ~E_DEPRECATED', 'main.php', origin, url, tools.guzzle], {
        folder,
      })
    },
  },
]

/** Makes the folder in which a generator works, with the document that it is given. */
export async function workplaceOf(
  { name, webhooks }: Generator,
  parent: string,
  origin: string,
  url: string,
): Promise<Workplace> {
  const folder = join(parent, name.replaceAll(/\W+/g, '-'))
  await mkdir(join(folder, 'generated'), { recursive: true })
  const document = join(folder, 'openapi.json')
  const answer = await fetch(`${origin}/openapi.json${webhooks ? '' : '?webhooks=false'}`)
  await writeFile(document, await answer.text())
  const tools = readTools()
  // Programs find their libraries as in any project.
  await symlink(join(tools.node, 'node_modules'), join(folder, 'node_modules'))
  return { tools, folder, document, origin, url }
}
