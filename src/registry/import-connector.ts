import { register } from "node:module";
import { pathToFileURL } from "node:url";

/** A checkout runs as TypeScript, through tsx or vitest, which then load a connector's TypeScript too; a build runs as JavaScript. */
const isCheckout = import.meta.url.endsWith(".ts");
const kit = new URL(`../kit/index.${isCheckout ? "ts" : "js"}`, import.meta.url).href;

/**
 * Node's own resolution finds `moisson/connector-kit` only below this package. This hook finds it wherever a connector lies, and takes
 * connectors as modules though no package.json beside them says so.
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

/** Loads the TypeScript or JavaScript file of a connector, wherever it lies, and gives what it exports. Throws whatever the file throws. */
export async function importConnector(file: string): Promise<unknown> {
  if (file.endsWith(".ts") && !typescriptIsRead) {
    typescriptIsRead = true;
    const tsx = await import("tsx/esm/api");
    tsx.register({ tsconfig: false });
    // The hook that is registered last is asked first: ours goes before the one of tsx.
    kitIsFound = false;
  }
  if (!kitIsFound) {
    kitIsFound = true;
    register(`data:text/javascript,${encodeURIComponent(kitHook)}`, import.meta.url, { data: { kit } });
  }
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}
