import { defineConfig } from "vitest/config";
import { common } from "./vitest.config.ts";

/** Long tests share the machine with each other. Only tests of speed have limits of their own. */
const longer = { ...common.test, testTimeout: 180_000, hookTimeout: 180_000 };
const env = { MOISSON_TEST_LONG: "yes", MOISSON_TEST_RUNS: process.env.MOISSON_TEST_RUNS ?? "1" };

/** `npm run test:long`: the long tests on PostgreSQL, then every test on PGlite. Property tests try all of their values. */
export default defineConfig({
  test: {
    maxWorkers: common.test.maxWorkers,
    projects: [
      { ...common, test: { ...longer, name: "long", env, include: ["test/**/*.long.test.ts"] } },
      {
        ...common,
        test: { ...longer, name: "embedded", env: { ...env, MOISSON_TEST_DATABASE: "embedded" }, include: ["test/**/*.test.ts"] },
      },
    ],
  },
});
