"""Info, download and file with the client of openapi-python-client."""
import hashlib
import importlib
import json
import pkgutil
import sys
import time
from datetime import datetime

import generated
from generated import Client
from generated.api.downloads import create_download, fetch_file, get_download
from generated.api.info import create_info_job, get_info_job
from generated.models import DownloadCompleted, DownloadInProgress, InfoJobCompleted, InfoJobProcessing
from generated.models import SingleDownloadRequest, SingleInfoRequest

for module in pkgutil.walk_packages(generated.__path__, 'generated.'):
    importlib.import_module(module.name)

_, origin, url = sys.argv
client = Client(base_url=origin, raise_on_unexpected_status=True)

accepted = create_info_job.sync(client=client, body=SingleInfoRequest(url=url))
while isinstance(job := get_info_job.sync(accepted.job_id, client=client), InfoJobProcessing):
    time.sleep(0.2)
assert isinstance(job, InfoJobCompleted), job
assert isinstance(job.finished_at, datetime), job

started = create_download.sync(client=client, body=SingleDownloadRequest(url=url))
while isinstance(download := get_download.sync(started.download_id, client=client), DownloadInProgress):
    time.sleep(0.2)
assert isinstance(download, DownloadCompleted), download

content = fetch_file.sync(download.filename, client=client).payload.read()
sha256 = hashlib.sha256(content).hexdigest()
print(json.dumps({'title': job.video_info.title, 'bytes': len(content), 'sha256': sha256}))
