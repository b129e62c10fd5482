import { fingerprintOf } from "../../model/text/canonical.ts";
import { fingerprintOfRooms } from "../../platform/code-version.ts";
import { sourcesOf } from "./aids/sources.ts";
import type { ApiRoute, ApiVisit } from "./route.ts";

let codeStamp: string | undefined;

/** Returns the weak ETag of an address, which changes whenever its answer may, or null if the route makes its own. Needs no answer. */
export async function entityTag({ changesWith }: ApiRoute, visit: ApiVisit): Promise<string | null> {
  if (changesWith === undefined) return null;
  codeStamp ??= fingerprintOfRooms(["model", "publish/api", "publish/exports", "privacy"]);
  const { pathname, search } = new URL(visit.request.url);
  const ofCatalogue =
    changesWith === "code" ? [] : [visit.position, visit.day, visit.access.scope, sourcesOf(await visit.services.connectors()).stamp];
  return `W/"${fingerprintOf(JSON.stringify([codeStamp, visit.services.url, pathname, search, ...ofCatalogue]))}"`;
}

/** Returns true if the client has the named version (RFC 9110, 13.1.2). Ignores `*`, because existence is not known yet. */
export function isHeld(tag: string, ifNoneMatch: string | null): boolean {
  const weak = (text: string) => text.trim().replace(/^W\//, "");
  return ifNoneMatch?.split(",").some((held) => weak(held) === weak(tag)) ?? false;
}
