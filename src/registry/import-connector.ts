import { register } from "node:module";
import { pathToFileURL } from "node:url";

/** A checkout runs TypeScript through tsx or vitest, which also load a connector's TypeScript; a build runs JavaScript. */
const isCheckout = import.meta.url.endsWith(".ts");
const kit = new URL(`../kit/index.${isCheckout ? "ts" : "js"}`, import.meta.url).href;

/**
 * Resolves `moisson/connector-kit` for connectors in any folder, which Node does only inside this package, and loads them as modules
 * without a package.json.
 */
const kitHook = `
let kit;
export function initialize(given) { kit = given.kit; }
export async function resolve(specifier, context, next) {
  if (specifier === "moisson/connector-kit") return next(kit, context);
  const found = await next(specifier, context);
  return /\\/connectors\\/[^/]+\\.[tj]s(\\?|$)/.test(found.url) ? { ...found, format: "module" } : found;
}`;

let kitIsFound = false;
let typescriptIsRead = isCheckout;

/** Imports a connector file by path and returns its exports. Errors thrown by the file propagate. */
export async function importConnector(file: string): Promise<unknown> {
  if (file.endsWith(".ts") && !typescriptIsRead) {
    typescriptIsRead = true;
    const tsx = await import("tsx/esm/api");
    tsx.register({ tsconfig: false });
    // The hook registered last runs first, so ours precedes that of tsx.
    kitIsFound = false;
  }
  if (!kitIsFound) {
    kitIsFound = true;
    register(`data:text/javascript,${encodeURIComponent(kitHook)}`, import.meta.url, { data: { kit } });
  }
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}
