# Build: the locked environment, the messages and the static files.
FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
COPY requirements/runtime.txt /tmp/requirements.txt
RUN python3 -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/requirements.txt
WORKDIR /app
COPY . .
RUN /venv/bin/pybabel compile --directory=recruit_site/locale --domain="django djangojs" \
    && SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built ALLOWED_HOSTS=localhost \
       SITE_URL=http://localhost DATABASE_URL=sqlite://:memory: STATIC_ROOT=/static \
       /venv/bin/python manage.py collectstatic --noinput --verbosity 0

# Run: no compiler, no package index, not as root. FriBiDi lets Pillow set Japanese punctuation proportionally.
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 libfribidi0 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /data --create-home site
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY --from=build /static /static
WORKDIR /app
USER site
ENV HOST=0.0.0.0 PORT=8000 STATIC_ROOT=/static MEDIA_ROOT=/data/media PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
# The site answers only to its own names, so the check uses the first of them.
HEALTHCHECK CMD ["/venv/bin/python", "-c", "import os; from urllib.request import Request, urlopen; urlopen(Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].replace('*', 'localhost')}))"]
CMD ["sh", "-c", "/venv/bin/python manage.py prepare && exec /venv/bin/gunicorn --config python:recruit_site.server recruit_site.wsgi"]
