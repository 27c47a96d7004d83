# syntax=docker/dockerfile:1

# Debian 12 in every stage: what the first compiles runs on the C library of the last.
FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY web ./web
RUN npm run build

FROM node:20-bookworm AS modules
WORKDIR /app
COPY package.json package-lock.json ./
# Only hnswlib-node has to be compiled; the scripts of others would download what is not needed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm rebuild hnswlib-node
COPY docker/prune-modules.mjs ./docker/
RUN node docker/prune-modules.mjs node_modules

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    WENJU_HOST=0.0.0.0 \
    WENJU_CORPUS=/data/corpus \
    WENJU_INDEX=/data/index
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY models ./models
COPY corpus /data/corpus
# The only folder that is written to, uploads aside (docs/operations.md): a volume made from it belongs to the user below.
RUN install -d -o 1000 -g 1000 /data/index
USER 1000:1000
VOLUME /data/index
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=5m --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WENJU_PORT || 8787}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli/main.js", "serve"]
