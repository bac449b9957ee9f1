# Build stage: the locked environment, the compiled messages, the static files and the bytecode.
FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
COPY requirements/runtime.txt /tmp/requirements.txt
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes --requirement /tmp/requirements.txt \
    && /venv/bin/pip uninstall --yes pip
WORKDIR /app
COPY . .
RUN /venv/bin/pybabel compile --directory=recruit_site/locale --domain="django djangojs" \
    && SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built ALLOWED_HOSTS=localhost \
       SITE_URL=http://localhost DATABASE_URL=sqlite://:memory: STATIC_ROOT=/static \
       /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .

# Final image: no compiler, no package installer, not root. It writes only to /data and /tmp: run it with --read-only
# --tmpfs /tmp. FriBiDi lets Pillow set Japanese punctuation proportionally; PostgreSQL's client is for backups.
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 libfribidi0 postgresql-client && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin site && install -d -o site -g site /data
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY --from=build /static /static
WORKDIR /app
USER site
# With this threshold glibc returns the memory of a large picture at once; otherwise the process keeps it.
ENV MALLOC_MMAP_THRESHOLD_=1000000
ENV PATH=/venv/bin:$PATH HOST=0.0.0.0 PORT=8000 STATIC_ROOT=/static MEDIA_ROOT=/data/media PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
# A single container migrates its own database. With several containers, one migrates for all: see compose.yaml.
CMD ["sh", "-c", "python manage.py prepare && exec gunicorn --config python:recruit_site.gunicorn_conf recruit_site.wsgi"]
