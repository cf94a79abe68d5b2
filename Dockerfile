# The images of the gateway and of the worker: `docker build --target api .` and `docker build --target worker .`.
# A third target, `testkit`, is the local video site, for trying the others out.

# The images that all else stands on. A release gives them with their digests (docs/operations.md), so that what was tried is
# what is built: NODE_IMAGE=node:24-trixie-slim@sha256:…
ARG NODE_IMAGE=node:24-trixie-slim
ARG REDIS_IMAGE=redis:8

FROM ${NODE_IMAGE} AS base
WORKDIR /app


# The workspace, compiled. Libraries come first: they change less often than the sources.
FROM base AS workspace
ENV CI=true
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY scripts/pnpm.mjs scripts/
COPY scripts/runtime scripts/runtime
RUN node /app/scripts/pnpm.mjs fetch
COPY . .
RUN node /app/scripts/pnpm.mjs install --offline --frozen-lockfile \
 && node_modules/.bin/tsc -b apps/api apps/worker packages/testkit \
 && find . -path '*/node_modules' -prune -o '(' -name src -o -name 'tsconfig*' ')' -exec rm -rf {} + \
 && find apps/*/dist packages/*/dist '(' -name '*.d.ts' -o -name '*.map' ')' -delete \
 && rm -rf node_modules */*/node_modules

# One app with the dependencies and the libraries it needs, and no others.
FROM workspace AS api-files
RUN node /app/scripts/pnpm.mjs --filter-prod '@video-scraper/api...' install --prod --offline --frozen-lockfile \
 && node /app/scripts/pnpm.mjs --filter-prod '@video-scraper/api...' exec \
      sh -c 'package="${PWD#/app/}" && cd /app && mkdir -p /files && cp -a --parents "$package" /files' \
 && cp -a node_modules /files

FROM workspace AS worker-files
RUN node /app/scripts/pnpm.mjs --filter-prod '@video-scraper/worker...' install --prod --offline --frozen-lockfile \
 && node /app/scripts/pnpm.mjs --filter-prod '@video-scraper/worker...' exec \
      sh -c 'package="${PWD#/app/}" && cd /app && mkdir -p /files && cp -a --parents "$package" /files' \
 && cp -a node_modules /files


# Python for yt-dlp, and pip, with which a worker installs newer versions of it where YTDLP_CHANNEL says so.
FROM base AS python
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-pip-whl \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/*

# yt-dlp, ffmpeg and ffprobe as everywhere else: pinned, by checksum, with the project's own scripts. Debian's ffmpeg
# would bring 207 packages and 467 MB, against two programs of 211 MB.
FROM python AS tools
COPY scripts scripts
RUN node --input-type=module --eval " \
      import { findPython } from './scripts/runtime/find-python.mjs'; \
      import { provideMediaTools } from './scripts/runtime/provide-media-tools.mjs'; \
      import { provideYtdlp } from './scripts/runtime/provide-ytdlp.mjs'; \
      const python = await findPython(); \
      await provideYtdlp(python); \
      await provideMediaTools(python); \
    " \
 && mkdir /tools \
 && mv .runtime/yt-dlp-* /tools/yt-dlp \
 && mv .runtime/ffmpeg-* /tools/ffmpeg


# The local video site. It makes its media in the temporary folder.
FROM base AS testkit
COPY --from=tools /tools/ffmpeg /opt/ffmpeg
COPY --from=workspace /app/packages/testkit packages/testkit
# For the certificate of its authority. A new named volume takes over the owner of the folder that it covers.
RUN install -d -o node -g node /authority
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 FFMPEG=/opt/ffmpeg/ffmpeg
USER 1000:1000
EXPOSE 8080 8443
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "packages/testkit/dist/serve-video-site.js"]


FROM python AS worker
LABEL org.opencontainers.image.title="Video Scraper: worker" \
      org.opencontainers.image.description="Takes jobs from Redis, runs yt-dlp and files the results. Serves nobody." \
      org.opencontainers.image.version="1.0.0"
COPY --from=tools /tools /opt
COPY --from=worker-files /files .
# A new named volume takes over the owner of the folder that it covers.
RUN install -d -o node -g node -m 0750 /data \
 && install -d -o node -g node -m 0755 /ytdlp
ENV NODE_ENV=production DATA_DIR=/data YTDLP_UPDATES_DIR=/ytdlp \
    PYTHON=/usr/bin/python3 YTDLP_HOME=/opt/yt-dlp FFMPEG=/opt/ffmpeg/ffmpeg FFPROBE=/opt/ffmpeg/ffprobe
USER 1000:1000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "apps/worker/dist/health-check.js"]
CMD ["node", "apps/worker/dist/main.js"]


FROM base AS api
LABEL org.opencontainers.image.title="Video Scraper: gateway" \
      org.opencontainers.image.description="The HTTP API. Puts jobs into Redis and serves the finished files." \
      org.opencontainers.image.version="1.0.0"
COPY --from=api-files /files .
RUN install -d -o node -g node -m 0750 /data
# It refuses to listen beyond loopback until somebody says who keeps strangers out: see ALLOW_ANONYMOUS in the README.
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=5501
USER 1000:1000
EXPOSE 5501
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const { PORT, BASE_PATH = '' } = process.env; fetch(`http://127.0.0.1:${PORT}${BASE_PATH}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/dist/main.js"]


# Redis with a folder for its password, which the group of the gateway and the workers reads. A new named volume takes over
# owner and mode; what is made in it belongs to that group (the first 2).
FROM ${REDIS_IMAGE} AS redis
USER root
RUN install -d -o redis -g 1000 -m 2750 /run/queue
USER redis
