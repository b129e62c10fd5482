import { fileURLToPath } from "node:url";

/** Cached files of tests. Removed with node_modules, and created again if missing. */
export const cacheFolder = fileURLToPath(new URL("../../node_modules/.cache/moisson-test", import.meta.url));
