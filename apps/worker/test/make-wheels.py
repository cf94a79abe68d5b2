"""Makes an index of wheels out of installed packages: `make-wheels.py <home> <out> <changes>`, for tests of updates.

`changes`: JSON, a list of versions of yt-dlp: {version, reported, describedOnly}. Prints nothing.
"""
import json
import os
import sys
import zipfile

home, out, changes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
LEFT_OUT = ('RECORD', 'INSTALLER', 'REQUESTED', 'direct_url.json')


def files_of(info):
    with open(os.path.join(home, info, 'RECORD')) as record:
        for line in record:
            path = line.rsplit(',', 2)[0].strip('"')
            if '__pycache__' not in path and os.path.basename(path) not in LEFT_OUT:
                yield path


def make(info, renamed, replace, described_only=False):
    with open(os.path.join(home, info, 'WHEEL')) as text:
        tag = next(line.split(': ')[1].strip() for line in text if line.startswith('Tag'))
    name = renamed.removesuffix('.dist-info')
    written = []
    with zipfile.ZipFile(os.path.join(out, f'{name}-{tag}.whl'), 'w') as wheel:
        for path in files_of(info):
            if described_only and not path.startswith(info):
                continue
            if path.startswith('../../'):
                if os.path.basename(path) != 'deno':
                    continue
                source, target = os.path.join(home, path.removeprefix('../../')), f'{name}.data/scripts/deno'
            else:
                source, target = os.path.join(home, path), path.replace(info, renamed, 1)
            entry = zipfile.ZipInfo(target)
            entry.external_attr = os.stat(source).st_mode << 16
            with open(source, 'rb') as file:
                wheel.writestr(entry, replace(path, file.read()))
            written.append(target)
        wheel.writestr(f'{renamed}/RECORD', ''.join(f'{path},,\n' for path in [*written, f'{renamed}/RECORD']))


for info in os.listdir(home):
    if not info.endswith('.dist-info'):
        continue
    if not info.startswith('yt_dlp-'):
        make(info, info, lambda path, content: content)
        continue
    own = info.removesuffix('.dist-info').split('-')[1]
    for change in changes:
        def replace(path, content, change=change):
            pairs = []
            if path.endswith('.dist-info/METADATA'):
                pairs.append([f'Version: {own}', f"Version: {change['version']}"])
            if path == 'yt_dlp/version.py':
                pairs.append(["__version__ = '", f"__version__ = '{change['reported']}' # '"])
            for old, new in pairs:
                assert old.encode() in content, (path, old)
                content = content.replace(old.encode(), new.encode(), 1)
            return content
        make(info, f"yt_dlp-{change['version']}.dist-info", replace, change.get('describedOnly', False))
