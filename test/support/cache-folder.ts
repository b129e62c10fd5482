import { fileURLToPath } from "node:url";

/** What tests make once and find again: removed with node_modules, made anew where it is missing. */
export const cacheFolder = fileURLToPath(new URL("../../node_modules/.cache/moisson-test", import.meta.url));
