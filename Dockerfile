# meshfit in a container: built in one stage, run in the next by a user that owns nothing but /data.
#
#   docker build -t meshfit .
#   docker run --env-file meshfit.env --volume meshfit:/data --publish 3000:3000 meshfit
FROM python:3.13.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/meshfit
ENV PATH="/opt/meshfit/bin:$PATH"
WORKDIR /src
# What changes least comes first: the pinned dependencies are a layer of their own.
COPY requirements.lock requirements-company.lock ./
RUN pip install --require-hashes --requirement requirements.lock \
    && pip install --require-hashes --requirement requirements-company.lock
COPY pyproject.toml README.md LICENSE NOTICE manifest.yml ./
COPY bot bot
COPY knowledge knowledge
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && pip install --no-deps dist/*.whl
# A pack or a manifest with a fault is no image. From a folder without the source, so that it is
# the installed program that answers.
WORKDIR /
RUN meshfit check

FROM python:3.13.14-slim-bookworm
RUN groupadd --gid 10001 meshfit \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin meshfit \
    && install --directory --owner meshfit --group meshfit /data
COPY --from=build /opt/meshfit /opt/meshfit
ENV PATH="/opt/meshfit/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MESHFIT_DB=/data/meshfit.db \
    MESHFIT_HOST=0.0.0.0 \
    MESHFIT_PORT=3000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Whether the process is alive, not /readyz: what restarts an unhealthy container would restart it
# again and again while Slack is away or the disk is full, which no restart mends.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"MESHFIT_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["meshfit"]
CMD ["serve"]
