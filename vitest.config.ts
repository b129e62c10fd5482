import { availableParallelism } from "node:os";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Settings of `npm test` and `npm run test:long`. */
export const common = {
  resolve: {
    alias: [
      { find: "moisson/connector-kit", replacement: new URL("./src/kit/index.ts", import.meta.url).pathname },
      {
        find: /^.*\/start-module\.ts$/,
        replacement: new URL("./test/support/started-build.ts", import.meta.url).pathname,
      },
    ],
  },
  test: {
    // One worker more than cores, because tests also wait for servers, browsers and timers.
    maxWorkers: availableParallelism() + 1,
    // The files of a worker share loaded modules, because loading takes half the time of a short file. No test may leave state in a module.
    isolate: false,
    globalSetup: ["test/support/real-servers.ts", "test/support/build-command-line.ts"],
    setupFiles: ["test/support/fixed-seed.ts"],
    // Only for tests that hang. On a machine with ten times the load, a process takes half a minute to start.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
} satisfies ViteUserConfig;

export default defineConfig({
  ...common,
  test: { ...common.test, include: ["test/**/*.test.ts"], exclude: ["test/**/*.long.test.ts"] },
});
