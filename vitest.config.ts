import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "moisson/connector-kit": new URL("./src/kit/index.ts", import.meta.url).pathname } },
  test: {
    maxWorkers: "100%",
    // Files of one worker share what is loaded: half of the work of a short file would be loading. No test leaves anything in a module.
    isolate: false,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/real-servers.ts", "test/support/build-command-line.ts"],
    setupFiles: ["test/support/fixed-seed.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
