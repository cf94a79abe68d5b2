"""Info, download and file with the Python client of openapi-generator."""
import hashlib
import importlib
import json
import pkgutil
import sys
import time
from datetime import datetime

import openapi_client
from openapi_client import ApiClient, Configuration, DownloadRequest, DownloadsApi, InfoApi, InfoRequest
from openapi_client import SingleDownloadRequest, SingleInfoRequest

for module in pkgutil.walk_packages(openapi_client.__path__, 'openapi_client.'):
    importlib.import_module(module.name)

_, origin, url = sys.argv
client = ApiClient(Configuration(host=origin))
info, downloads = InfoApi(client), DownloadsApi(client)


def instance_of(answer):
    """What a union holds: it may be a union again."""
    while hasattr(answer, 'actual_instance'):
        answer = answer.actual_instance
    return answer


# It types the first good answer of an operation alone: the 200 that a request which waits gets.
job = info.create_info_job(InfoRequest(SingleInfoRequest(url=url)), prefer='wait=60').actual_instance
while job.status == 'processing':
    time.sleep(0.2)
    job = instance_of(info.get_info_job(job.job_id))
assert job == instance_of(info.get_info_job(job.job_id))
assert isinstance(job, openapi_client.InfoJobCompleted), job
assert isinstance(job.finished_at, datetime), job

request = DownloadRequest(SingleDownloadRequest(url=url))
download = downloads.create_download(request, prefer='wait=60').actual_instance
while download.status == 'in_progress':
    time.sleep(0.2)
    download = downloads.get_download(download.download_id).actual_instance
assert isinstance(download, openapi_client.DownloadCompleted), download

content = bytes(downloads.fetch_file(download.filename))
sha256 = hashlib.sha256(content).hexdigest()
print(json.dumps({'title': job.video_info.title, 'bytes': len(content), 'sha256': sha256}))
