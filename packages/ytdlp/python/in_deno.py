"""Runs a program in deno as yt-dlp runs it: on standard input, without any permission."""
import subprocess

FLAGS = ('--ext=js', '--no-code-cache', '--no-prompt', '--no-remote', '--no-lock', '--node-modules-dir=none', '--no-config',
         '--no-npm', '--cached-only')


def in_deno(deno, program, timeout):
    """Returns what it wrote to standard output. Raises subprocess.TimeoutExpired, or RuntimeError where it failed."""
    done = subprocess.run([deno, 'run', *FLAGS, '-'], input=program, capture_output=True, text=True, encoding='utf-8',
                          timeout=timeout, check=False)
    if done.returncode != 0 or done.stderr.strip():
        raise RuntimeError(f'deno did not run a program: {done.stderr.strip()[:300]}')
    return done.stdout
