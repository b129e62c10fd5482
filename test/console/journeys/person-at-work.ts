import type { Locator, Page } from "playwright-core";

/** A person's actions and reading. */
export interface Work {
  readonly pages: number;
  readonly clicks: number;
  /** Buttons and links pressed, and fields filled or chosen: each is one act, whatever clicks it takes. */
  readonly acts: number;
  /** Characters typed. */
  readonly typed: number;
  /** Words of the pages, each line counted once. */
  readonly words: number;
  /** Choices that need thought: a changed proposal, or one kept after a doubt. */
  readonly decisions: number;
}

/**
 * Seconds for each: the keystroke-level model of Card, Moran and Newell (point and click 1.3 s, a character 0.28 s), reading at 200 words
 * a minute, 15 s to think about a choice.
 */
const pace = { click: 1.3, character: 0.28, word: 60 / 200, decision: 15 } as const;

/** Returns the time for a person who uses the pages for the first time. */
export function secondsOf({ clicks, typed, words, decisions }: Work): number {
  return clicks * pace.click + typed * pace.character + words * pace.word + decisions * pace.decision;
}

/** A browser user whose clicks, keys and reading are counted. */
export class PersonAtWork {
  readonly page: Page;
  #pages = 0;
  #clicks = 0;
  #acts = 0;
  #typed = 0;
  #words = 0;
  #decisions = 0;
  readonly #read = new Set<string>();

  constructor(page: Page) {
    this.page = page;
  }

  get work(): Work {
    return {
      pages: this.#pages,
      clicks: this.#clicks,
      acts: this.#acts,
      typed: this.#typed,
      words: this.#words,
      decisions: this.#decisions,
    };
  }

  async click(what: Locator): Promise<void> {
    this.#clicks++;
    this.#acts++;
    await what.click();
  }

  async type(into: Locator, text: string): Promise<void> {
    this.#clicks++;
    this.#acts++;
    this.#typed += text.length;
    await into.fill(text);
  }

  /** Opens a list and selects an option. */
  async choose(from: Locator, value: string): Promise<void> {
    this.#clicks += 2;
    this.#acts++;
    await from.selectOption(value);
  }

  /** Opens the file chooser, finds a file and selects it. */
  async give(file: string, to: Locator): Promise<void> {
    this.#clicks += 3;
    this.#acts++;
    await to.setInputFiles(file);
  }

  decide(): void {
    this.#decisions++;
  }

  /** Reads the new text of the page, without folded parts. */
  async read(): Promise<void> {
    this.#pages++;
    // biome-ignore lint/performance/useDomNodeTextContent: folded parts are not read.
    const text = await this.page.locator("main").innerText();
    for (const line of text.split("\n").map((part) => part.trim())) {
      if (line === "" || this.#read.has(line)) continue;
      this.#read.add(line);
      this.#words += line.split(/\s+/).length;
    }
  }
}
