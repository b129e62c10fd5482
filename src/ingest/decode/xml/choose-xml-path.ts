import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import { readText } from "../text/read-text.ts";
import { localName } from "./xml-node.ts";
import { StrictXmlParser } from "./xml-parser.ts";
import { XmlPath } from "./xml-path.ts";

/**
 * The first of the declared paths that the document has; the last one where it has none, which then is missed by name.
 * Reads no further than it must: alternatives that differ in the root's name are told apart by the first tag.
 */
export async function chooseXmlPath(content: FeedContent, encoding: string, declared: string | readonly string[]): Promise<string> {
  const paths = typeof declared === "string" ? [declared] : declared;
  const last = paths.at(-1) ?? "";
  if (paths.length < 2) return last;
  const search = new PathSearch(paths);
  try {
    for await (const pieces of readText(content.bytes(), encoding)) {
      for (const { text } of pieces) search.write(text);
      if (search.chosen !== null) return search.chosen;
    }
  } catch (error) {
    // The reading of the records meets the same place and says so, after what stands before it.
    if (!(error instanceof FeedUnreadable)) throw error;
  }
  return search.best ?? last;
}

/** Looks for several paths at once. */
class PathSearch {
  /** Paths that may still be there, best first. */
  #possible: { readonly path: string; readonly at: XmlPath }[];
  #found: string | null = null;
  #depth = 0;
  readonly #parser: StrictXmlParser;

  constructor(paths: readonly string[]) {
    this.#possible = paths.map((path) => ({ path, at: new XmlPath(path) }));
    this.#parser = new StrictXmlParser(
      { open: (tag) => this.#open(localName(tag.name)), text: () => undefined, close: () => this.#close(), nearby: () => "" },
      Number.POSITIVE_INFINITY,
      "",
    );
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  /** The path to take, as soon as nothing better can come. */
  get chosen(): string | null {
    const [best] = this.#possible;
    return best !== undefined && (best.path === this.#found || this.#possible.length === 1) ? best.path : null;
  }

  /** The best path of those met so far. */
  get best(): string | null {
    return this.#found;
  }

  #open(name: string): void {
    this.#depth++;
    for (const [index, { path, at }] of this.#possible.entries()) {
      if (!at.open(name)) continue;
      this.#found = path;
      // What comes after it in the list can no longer be chosen.
      this.#possible = this.#possible.slice(0, index + 1);
      break;
    }
    if (this.#depth === 1) this.#possible = this.#possible.filter(({ path }) => path.split("/")[1] === name);
  }

  #close(): void {
    this.#depth--;
    for (const { at } of this.#possible) at.close();
  }
}
