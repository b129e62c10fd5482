import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** Folder of the installed design system. Pages load no file from other sites. */
const dsfrFolder = join(dirname(createRequire(import.meta.url).resolve("@gouvfr/dsfr/package.json")), "dist");
const ownFolder = fileURLToPath(new URL("./assets/", import.meta.url));
const dsfrVersion = (JSON.parse(readFileSync(join(dsfrFolder, "../package.json"), "utf8")) as { version: string }).version;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

/** A static file. */
interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Gzipped body of a text file; null for other files. */
  readonly gzipped: Uint8Array<ArrayBuffer> | null;
  readonly type: string;
}

const cache = new Map<string, Asset>();

/** Returns the URL of one of our own files. It changes with the content, so that browsers can cache it for ever. */
export function assetPath(name: string): string {
  const asset = readAsset(join(ownFolder, name));
  if (asset === null) throw new Error(`unknown asset "${name}"`);
  return `/fichiers/${createHash("sha256").update(asset.body).digest("hex").slice(0, 12)}/${name}`;
}

/** Returns the URL of a file of the design system. */
export function dsfrPath(name: string): string {
  return `/dsfr/${dsfrVersion}/${name}`;
}

/** Returns the file of a URL made by `assetPath` or `dsfrPath`, or null. `isCurrent`: the URL belongs to this version of the console. */
export function assetAt(path: string): (Asset & { readonly isCurrent: boolean }) | null {
  const [, base, , ...rest] = path.split("/");
  const folder = base === "dsfr" ? dsfrFolder : base === "fichiers" ? ownFolder : null;
  // No file name contains a percent-encoded character.
  if (folder === null || !/^[\w./-]+$/.test(path)) return null;
  const name = rest.join("/");
  const file = normalize(join(folder, name));
  const asset = file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? readAsset(file) : null;
  return asset && { ...asset, isCurrent: path === (base === "dsfr" ? dsfrPath(name) : assetPath(name)) };
}

function readAsset(file: string): Asset | null {
  const cached = cache.get(file);
  if (cached !== undefined) return cached;
  const type = types[extname(file)];
  const asset = type === undefined || !isFile(file) ? null : assetOf(readFileSync(file), type);
  // Missing files are not cached: scanners request new ones without end.
  if (asset !== null) cache.set(file, asset);
  return asset;
}

function assetOf(read: Buffer, type: string): Asset {
  const gzipped = /^(text|image\/svg)/.test(type) ? new Uint8Array(gzipSync(read, { level: 9 })) : null;
  return { body: new Uint8Array(read), gzipped, type };
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
