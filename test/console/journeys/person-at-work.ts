import type { Locator, Page } from "playwright-core";

/** What a person did, and read. */
export interface Work {
  readonly pages: number;
  readonly clicks: number;
  /** Characters typed. */
  readonly typed: number;
  /** Words of the pages, each line read once. */
  readonly words: number;
  /** Choices that were thought about: what is proposed was changed, or kept after a doubt. */
  readonly decisions: number;
}

/**
 * Seconds that each takes a person: the keystroke-level model of Card, Moran and Newell for hands (to point and press 1.3 s, a character 0.28 s), 200 words
 * a minute read, 15 s to think about a choice.
 */
const pace = { click: 1.3, character: 0.28, word: 60 / 200, decision: 15 } as const;

/** How long this work takes a person who uses the pages for the first time. */
export function secondsOf({ clicks, typed, words, decisions }: Work): number {
  return clicks * pace.click + typed * pace.character + words * pace.word + decisions * pace.decision;
}

/** Somebody before a browser whose clicks, keys and reading are counted. */
export class PersonAtWork {
  readonly page: Page;
  #pages = 0;
  #clicks = 0;
  #typed = 0;
  #words = 0;
  #decisions = 0;
  readonly #read = new Set<string>();

  constructor(page: Page) {
    this.page = page;
  }

  get work(): Work {
    return { pages: this.#pages, clicks: this.#clicks, typed: this.#typed, words: this.#words, decisions: this.#decisions };
  }

  async click(what: Locator): Promise<void> {
    this.#clicks++;
    await what.click();
  }

  async type(into: Locator, text: string): Promise<void> {
    this.#clicks++;
    this.#typed += text.length;
    await into.fill(text);
  }

  /** A list is opened, and one of it taken. */
  async choose(from: Locator, value: string): Promise<void> {
    this.#clicks += 2;
    await from.selectOption(value);
  }

  /** The window of files is opened, one is found in it and taken. */
  async give(file: string, to: Locator): Promise<void> {
    this.#clicks += 3;
    await to.setInputFiles(file);
  }

  decide(): void {
    this.#decisions++;
  }

  /** Reads what is new on the page; what is folded away is not read. */
  async read(): Promise<void> {
    this.#pages++;
    // biome-ignore lint/performance/useDomNodeTextContent: what is folded away is not read.
    const text = await this.page.locator("main").innerText();
    for (const line of text.split("\n").map((part) => part.trim())) {
      if (line === "" || this.#read.has(line)) continue;
      this.#read.add(line);
      this.#words += line.split(/\s+/).length;
    }
  }
}
