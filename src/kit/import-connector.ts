import { register } from "node:module";
import { pathToFileURL } from "node:url";

/** True if Moisson runs as TypeScript, by tsx or vitest, which can also load connectors in TypeScript. False for a build. */
const isCheckout = import.meta.url.endsWith(".ts");
const kit = new URL(`./index.${isCheckout ? "ts" : "js"}`, import.meta.url).href;

/** Module hook that resolves `moisson/connector-kit` for connectors outside this package, and loads them as modules. */
const kitHook = `
let kit;
export function initialize(given) { kit = given.kit; }
export async function resolve(specifier, context, next) {
  if (specifier === "moisson/connector-kit") return next(kit, context);
  const found = await next(specifier, context);
  return /\\/connectors\\/[^/]+\\.[tj]s(\\?|$)/.test(found.url) ? { ...found, format: "module" } : found;
}`;

let isKitRegistered = false;
let isTypescriptRegistered = isCheckout;

/** Imports a connector file by path and returns its export `connector`, or undefined. Errors thrown by the file propagate. */
export async function importConnector(file: string): Promise<unknown> {
  if (file.endsWith(".ts") && !isTypescriptRegistered) {
    isTypescriptRegistered = true;
    const tsx = await import("tsx/esm/api");
    tsx.register({ tsconfig: false });
    // The hook registered last runs first, so ours precedes that of tsx.
    isKitRegistered = false;
  }
  if (!isKitRegistered) {
    isKitRegistered = true;
    register(`data:text/javascript,${encodeURIComponent(kitHook)}`, import.meta.url, { data: { kit } });
  }
  const exported: { readonly connector?: unknown } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return exported.connector;
}
