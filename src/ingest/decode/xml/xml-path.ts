import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import { readText } from "../text/read-text.ts";
import { StrictXmlParser } from "./xml-parser.ts";
import { localName } from "./xml-value.ts";

/**
 * Returns the first declared path that exists in the document. If none exists, returns the last one, for the error. Reads only as far as
 * needed: if the paths have different roots, the first tag suffices.
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
    // Reading the records reports the same error, after it has yielded the records before.
    if (!(error instanceof FeedUnreadable)) throw error;
  }
  return search.best ?? last;
}

/** Searches for several paths in one pass. */
class PathSearch {
  /** Paths that may still be found, best first. */
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

  /** The path to use, or null while a better path may still follow. */
  get chosen(): string | null {
    const [best] = this.#possible;
    return best !== undefined && (best.path === this.#found || this.#possible.length === 1) ? best.path : null;
  }

  /** The best path found so far. */
  get best(): string | null {
    return this.#found;
  }

  #open(name: string): void {
    this.#depth++;
    for (const [index, { path, at }] of this.#possible.entries()) {
      if (!at.open(name)) continue;
      this.#found = path;
      // The paths are in order of preference, so the later ones are dropped.
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

/** Compares the open elements with a path from the root (`/flux/aide`). Names have no prefix; `*` matches any name. */
export class XmlPath {
  readonly #steps: readonly string[];
  /** Number of open elements. */
  depth = 0;
  /** Number of open elements, from the root, that match the path. */
  #onPath = 0;
  /** True once the parent element of the records was found. */
  isParentSeen = false;
  /** The steps of the path, with the document's names instead of `*`. */
  readonly #names: string[];

  constructor(path: string) {
    this.#steps = path.split("/").slice(1);
    this.#names = [...this.#steps];
    this.isParentSeen = this.#steps.length === 0;
  }

  /** Opens an element. Returns true if the element is a record. */
  open(name: string): boolean {
    const step = this.#steps[this.depth];
    const isOn = this.#onPath === this.depth && (step === name || step === "*");
    if (isOn) this.#names[this.depth] = name;
    this.depth++;
    if (isOn) this.#onPath = this.depth;
    if (isOn && this.#onPath >= this.#steps.length - 1) this.isParentSeen = true;
    return isOn && this.#onPath === this.#steps.length;
  }

  /** The path with the document's names, for locators. */
  get written(): string {
    return `/${this.#names.join("/")}`;
  }

  close(): void {
    this.depth--;
    this.#onPath = Math.min(this.#onPath, this.depth);
  }
}
