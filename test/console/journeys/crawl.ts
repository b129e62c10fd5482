import { routes } from "../../../src/console/routes.ts";

const patterns = routes
  .filter(({ method }) => method === "get")
  .map(({ path }) => ({ path, asked: new RegExp(`^${path.replace(/:\w+(\{[^}]*\})?/g, "[^/]+")}$`) }))
  // Literal routes come before those with parameters.
  .sort((a, b) => Number(a.path.includes(":")) - Number(b.path.includes(":")));

/** Returns the kind of page of an address: its route, and the names of its parameters. */
export function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, "http://console.test");
  const route = patterns.find(({ asked }) => asked.test(pathname))?.path ?? pathname;
  return [route, ...[...new Set(searchParams.keys())].sort()].join(" ");
}

/** Follows links from `start`, a few of each kind of page. `visit` opens a page and returns the targets of its links. */
export async function crawl(
  start: readonly string[],
  ofEachKind: number,
  visit: (address: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const waiting = [...start];
  const seen = new Set(waiting);
  const counts = new Map<string, number>();
  const visited: string[] = [];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const kind = kindOf(address);
    const count = counts.get(kind) ?? 0;
    if (count >= ofEachKind) continue;
    counts.set(kind, count + 1);
    visited.push(address);
    for (const link of await visit(address)) {
      if (seen.has(link)) continue;
      seen.add(link);
      waiting.push(link);
    }
  }
  return visited;
}
