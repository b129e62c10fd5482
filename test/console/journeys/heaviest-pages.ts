import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { crawl, kindOf } from "./crawl.ts";
import { linksOn } from "./links-on.ts";

/** Pages of each kind that are compared. */
const ofEachKind = 6;

/** Returns the address of the heaviest page of each kind that links from `start` lead an admin to: it shows most. */
export async function heaviestPages(catalogue: Catalogue, folders: readonly string[], start: readonly string[]): Promise<string[]> {
  const client = await testConsole(catalogue, { folders }).as("admin", "Ada");
  const heaviest = new Map<string, { readonly address: string; readonly bytes: number }>();
  await crawl(start, ofEachKind, async (address) => {
    const links = await pageAt(client, address);
    if (links === null) return [];
    const kind = kindOf(address);
    if (links.bytes > (heaviest.get(kind)?.bytes ?? 0)) heaviest.set(kind, { address, bytes: links.bytes });
    return links.to;
  });
  return [...heaviest.values()].map(({ address }) => address);
}

/** Null for a download. A redirect weighs nothing. */
async function pageAt(client: ConsoleClient, address: string): Promise<{ readonly to: readonly string[]; readonly bytes: number } | null> {
  const { html, headers, bytes, to } = await client.get(address);
  if (to !== null) return { to: to.startsWith("/") ? [to] : [], bytes: 0 };
  return headers.get("content-type")?.startsWith("text/html") ? { to: linksOn(html, address), bytes: bytes.length } : null;
}
