"""Info, download and file over plain HTTP, with every answer read by the models of datamodel-code-generator."""
import hashlib
import json
import re
import sys
import time
from urllib.request import Request, urlopen

import generated.models as models
from pydantic import TypeAdapter

_, origin, url = sys.argv
api = origin + '/api/video-scraper'


def ask(path, shape, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(api + path, data, {'Content-Type': 'application/json'} if data else {})) as answer:
        value = TypeAdapter(shape).validate_json(answer.read())
    # What a union holds may be a union again.
    while hasattr(value, 'root'):
        value = value.root
    return value


accepted = ask('/info', models.InfoAccepted, {'url': url})
while isinstance(job := ask(f'/job/{accepted.job_id}', models.Job), models.InfoJobProcessing):
    time.sleep(0.2)
assert isinstance(job, models.InfoJobCompleted), job

started = ask('/download', models.DownloadAccepted, {'url': url})
while isinstance(download := ask(f'/status/{started.download_id}', models.Download), models.DownloadInProgress):
    time.sleep(0.2)
assert isinstance(download, models.DownloadCompleted), download

# A number at the end of a name stands for a shape that was met twice without a name of its own.
numbered = [name for name in vars(models) if re.fullmatch(r'[A-Z]\w*\d', name)]
assert numbered == [], numbered

with urlopen(origin + download.download_url) as answer:
    content = answer.read()
sha256 = hashlib.sha256(content).hexdigest()
print(json.dumps({'title': job.video_info.title, 'bytes': len(content), 'sha256': sha256}))
