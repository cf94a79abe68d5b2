/** Reads scenarios. Their form is in `scenario.ts`, their words in `README.md`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CommandScenario } from './command-line.ts'
import type { Scenario } from './scenario.ts'

const FOLDER = fileURLToPath(new URL('../scenarios', import.meta.url))

const read = (name: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'))

/** `name`: of a file of `scenarios/`, without `.json`. */
export const scenariosOf = (name: string) => read(name) as readonly Scenario[]

export const commandScenarios = () => read('command-line') as readonly CommandScenario[]
