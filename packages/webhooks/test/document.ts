/** The receivers that `docs/webhooks.md` shows, cut out of it and run as they stand there. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@video-scraper/testkit'

const DOCUMENT = new URL('../../../docs/webhooks.md', import.meta.url)

export interface Message {
  secret: string
  headers: Record<string, string>
  body: string
}

/** What a receiver made of a message: its event, or null when it refused it. */
export type Received = { type: string; data: unknown } | null

interface Language {
  /** The word behind the three backticks. */
  fence: string
  file: string
  /** Reads messages from standard input and prints what became of them, as JSON. It calls what the document shows. */
  caller: { file: string; text: string }
  argv: string[]
}

const javascript: Language = {
  fence: 'js',
  file: 'verify.mjs',
  caller: {
    file: 'main.mjs',
    text: `
      import { readFileSync } from 'node:fs'
      import { verifyWebhook } from './verify.mjs'
      const received = ({ secret, headers, body }) => {
        try { return verifyWebhook(secret, headers, Buffer.from(body)) } catch { return null }
      }
      console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(received)))`,
  },
  argv: ['main.mjs'],
}

const python: Language = {
  fence: 'python',
  file: 'verify.py',
  caller: {
    file: 'main.py',
    text: `
import json, sys
sys.path.insert(0, sys.path[0] or '.')
from verify import verify_webhook

def received(message):
    try:
        return verify_webhook(message["secret"], message["headers"], message["body"].encode())
    except ValueError:
        return None

print(json.dumps([received(each) for each in json.load(sys.stdin)]))`,
  },
  argv: ['main.py'],
}

const php: Language = {
  fence: 'php',
  file: 'verify.php',
  caller: {
    file: 'main.php',
    text: `<?php
require 'verify.php';
function received(array $message): ?array {
    try {
        return verify_webhook($message['secret'], $message['headers'], $message['body']);
    } catch (UnexpectedValueException) {
        return null;
    }
}
echo json_encode(array_map('received', json_decode(file_get_contents('php://stdin'), true)));`,
  },
  argv: ['main.php'],
}

export const languages = { javascript, python, php } as const

/** Runs the document's receiver with `program` on all messages. */
export async function receive(language: Language, program: string, messages: Message[]): Promise<Received[]> {
  const folder = await temporaryFolder()
  try {
    await writeFile(join(folder.path, language.file), shown(language.fence))
    await writeFile(join(folder.path, language.caller.file), language.caller.text)
    return JSON.parse(await run(program, language.argv, folder.path, JSON.stringify(messages)))
  } finally {
    await folder.remove()
  }
}

/** Runs a program, feeds it, and resolves with what it prints; rejects with what it complains about. */
export function run(program: string, argv: string[], folder: string, input: string, env = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } })
    const said = { out: '', error: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said.error += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(said.out)
      else reject(new Error(`${program} ended with ${code}: ${said.error}${said.out}`))
    })
    child.stdin.end(input)
  })
}

/** The one block of code in this language. */
function shown(fence: string): string {
  const blocks = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  const found = blocks.filter(([, language]) => language === fence)
  if (found.length !== 1) throw new Error(`docs/webhooks.md has ${found.length} blocks of ${fence}.`)
  return found[0]?.[2] ?? ''
}
