"""Scripts that complete the words of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..errors import UsageError
from .options import COMMANDS, FLAG_NAMES

_COMMANDS: Final = " ".join(COMMANDS)
_FLAGS: Final = " ".join(f"--{name}" for name in FLAG_NAMES)

_BASH: Final = f"""_video_scraper() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}"
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '{_FLAGS}' -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W '{_COMMANDS}' -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word")); fi
}}
complete -F _video_scraper video-scraper
"""

_ZSH: Final = f"""#compdef video-scraper
_video_scraper() {{
  if (( CURRENT == 2 )); then compadd -- {_COMMANDS}
  elif [[ $words[CURRENT] == -* ]]; then compadd -- {_FLAGS}
  else _files; fi
}}
compdef _video_scraper video-scraper
"""

_FISH: Final = "\n".join(
    [
        *(f"complete -c video-scraper -n __fish_use_subcommand -f -a {name}" for name in COMMANDS),
        *(f"complete -c video-scraper -l {name}" for name in FLAG_NAMES),
        "",
    ]
)

_SCRIPTS: Final[Mapping[str, str]] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def completion_for(shell: str | None) -> str:
    script = _SCRIPTS.get(shell or "")
    if script is None:
        raise UsageError("Say for which shell: bash, zsh or fish.", code="invalid_argument")
    return script
