import { defineConfig } from "vitest/config";
import { common } from "./vitest.config.ts";

const env = { MOISSON_TEST_LONG: "yes", MOISSON_TEST_RUNS: process.env.MOISSON_TEST_RUNS ?? "1" };

/** `npm run test:long`: the long tests on PostgreSQL, then every test on PGlite. Property tests try all of their values. */
export default defineConfig({
  test: {
    maxWorkers: common.test.maxWorkers,
    projects: [
      { ...common, test: { ...common.test, name: "long", env, include: ["test/**/*.long.test.ts"] } },
      {
        ...common,
        test: { ...common.test, name: "embedded", env: { ...env, MOISSON_TEST_DATABASE: "embedded" }, include: ["test/**/*.test.ts"] },
      },
    ],
  },
});
