/** Scripts that complete the words of the command line. */
import { UsageError } from '../errors.ts'
import { COMMANDS, FLAG_NAMES } from './options.ts'

const commands = Object.keys(COMMANDS).join(' ')
const flags = FLAG_NAMES.map((name) => `--${name}`).join(' ')

const scripts: Readonly<Record<string, string>> = {
  bash: `_video_scraper() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W '${commands}' -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -F _video_scraper video-scraper
`,
  zsh: `#compdef video-scraper
_video_scraper() {
  if (( CURRENT == 2 )); then compadd -- ${commands}
  elif [[ $words[CURRENT] == -* ]]; then compadd -- ${flags}
  else _files; fi
}
compdef _video_scraper video-scraper
`,
  fish: `${Object.keys(COMMANDS)
    .map((name) => `complete -c video-scraper -n __fish_use_subcommand -f -a ${name}`)
    .join('\n')}
${FLAG_NAMES.map((name) => `complete -c video-scraper -l ${name}`).join('\n')}
`,
}

export function completionFor(shell: string | undefined): string {
  const script = scripts[shell ?? '']
  if (script) return script
  throw new UsageError('Say for which shell: bash, zsh or fish.', { code: 'invalid_argument' })
}
