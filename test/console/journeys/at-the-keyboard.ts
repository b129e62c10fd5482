import type { Locator, Page } from "playwright-core";

/** Tabs after which something is not to be reached. */
const mostTabs = 250;

/** A line, a shadow or a ring around what has the focus, or around the label that is drawn in its place. What has parts of its own (a date) shows those. */
const isFocusShown = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.type === "date") return true;
  const parts = [[at, null], [at, "::before"], [at, "::after"], ...[...(at.labels ?? [])].flatMap((label) => [[label, null], [label, "::before"]])];
  return parts.some(([part, pseudo]) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part, pseudo);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || (pseudo === null && boxShadow !== "none" && part.matches(":focus"));
  });
})()`;

const nameOfFocus = `(() => {
  const at = document.activeElement;
  return !at || at === document.body ? "" : at.tagName + " " + (at.id || at.getAttribute("href") || at.textContent.trim().slice(0, 60));
})()`;

/** Somebody without a mouse. Every stop must show where it is. */
export class AtTheKeyboard {
  readonly page: Page;
  /** Stops at which nothing showed the focus. */
  readonly hidden: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Tabs on until this has the focus. */
  async tabTo(what: Locator): Promise<void> {
    await what.waitFor({ state: "attached" });
    for (let tabs = 0; tabs <= mostTabs; tabs++) {
      if ((await what.and(this.page.locator(":focus")).count()) > 0) return;
      await this.#tab();
    }
    throw new Error(`${String(what)} is not to be reached by Tab`);
  }

  /** A link or a button: reached, and pressed. */
  async press(role: "link" | "button", name: string | RegExp): Promise<void> {
    await this.tabTo(
      this.page
        .locator("main")
        .getByRole(role, { name, exact: typeof name === "string" })
        .first(),
    );
    await this.page.keyboard.press("Enter");
  }

  async write(into: Locator, text: string): Promise<void> {
    await this.tabTo(into);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  /** Goes along a list or a group of choices until this one is taken. */
  async arrowTo(inside: Locator, isThere: () => Promise<boolean>, arrow: "ArrowDown" | "ArrowUp" = "ArrowDown"): Promise<void> {
    await this.tabTo(inside);
    for (let steps = 0; steps < mostTabs; steps++) {
      if (await isThere()) return;
      await this.page.keyboard.press(arrow);
    }
    throw new Error(`${String(inside)} does not offer it`);
  }

  /** All stops of the page, from its top until the focus leaves it. Throws where it never does. */
  async stops(): Promise<string[]> {
    const found: string[] = [];
    for (let tabs = 0; tabs < mostTabs * 4; tabs++) {
      await this.#tab();
      const name = (await this.page.evaluate(nameOfFocus)) as string;
      if (name === "" && found.length > 0) return found;
      found.push(name);
    }
    throw new Error(`the focus never leaves ${this.page.url()}: ${found.slice(-5).join(", ")}`);
  }

  async #tab(): Promise<void> {
    await this.page.keyboard.press("Tab");
    if (!(await this.page.evaluate(isFocusShown))) this.hidden.push(`${this.page.url()} ${String(await this.page.evaluate(nameOfFocus))}`);
  }
}
