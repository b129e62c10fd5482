import { defineConfig } from "vitest/config";
import { common } from "./vitest.config.ts";

/** `npm run upgrade:dump`: see `make-dump.ts`. */
export default defineConfig({ ...common, test: { ...common.test, include: ["test/upgrade/make-dump.ts"] } });
