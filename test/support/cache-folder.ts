import { fileURLToPath } from "node:url";

/** Folder for cached files of tests. They are deleted with node_modules, and created again if missing. */
export const cacheFolder = fileURLToPath(new URL("../../node_modules/.cache/moisson-test", import.meta.url));
