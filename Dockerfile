# Moisson as one image: `worker` by default, any other command of `moisson` by name. See docs/operations.md.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# docker compose build --build-arg COMMIT=$(git rev-parse --short=12 HEAD): the image is built without .git.
ARG COMMIT
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
# Node itself must be process 1, or be told of signals by one that passes them on: SIGTERM hands runs back.
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["worker"]
