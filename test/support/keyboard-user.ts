import type { Locator, Page } from "playwright-core";
import { noteStops, placeOfFocus, whatHasFocus } from "./what-has-focus.ts";

/** Maximum number of key presses to reach a control. */
const mostKeys = 250;

interface Focus {
  /** Name of the focused element; "" without a focus. */
  readonly name: string;
  readonly fault: string | null;
}

/** A user without a mouse, who goes everywhere with the keyboard. Throws if a focused element is hidden or does not show its focus. */
export class KeyboardUser {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    // Listens from the start: a listener added just before the key press missed one file chooser in four.
    page.on("filechooser", () => undefined);
  }

  /** Presses Tab, or Shift+Tab, until the element has the focus. */
  async tabTo(what: Locator, { within = mostKeys, back = false } = {}): Promise<void> {
    await what.first().waitFor({ state: "attached" });
    const passed: string[] = [];
    for (let tabs = 0; tabs <= within; tabs++) {
      if (await this.#isOn(what)) {
        await this.#see();
        return;
      }
      passed.push(await this.#tab(back));
    }
    throw new Error(`${String(what)} is not reached by ${within} Tabs from ${passed[0]}; the last were ${passed.slice(-5).join(", ")}`);
  }

  /** Reaches a link or a button and presses it. */
  async press(role: "link" | "button", name: string | RegExp, inside: Locator = this.page.locator("main")): Promise<void> {
    await this.tabTo(inside.getByRole(role, { name, exact: typeof name === "string" }).first());
    await this.page.keyboard.press("Enter");
  }

  /** Ticks or unticks a box. */
  async tick(box: Locator): Promise<void> {
    await this.tabTo(box);
    await this.page.keyboard.press("Space");
  }

  /** Expands a section. */
  async unfold(summary: Locator): Promise<void> {
    await this.tabTo(summary);
    await this.page.keyboard.press("Enter");
  }

  async write(into: Locator, text: string): Promise<void> {
    await this.tabTo(into);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  /** Enters a date such as `2026-12-03`. Whether day or month comes first depends on the machine, so the result is checked. */
  async writeDay(into: Locator, date: string): Promise<void> {
    const [year = "", month = "", day = ""] = date.split("-");
    await this.tabTo(into);
    for (const digits of [`${day}${month}${year}`, `${month}${day}${year}`]) {
      for (let part = 0; part < 3; part++) await this.page.keyboard.press("ArrowLeft");
      await this.page.keyboard.type(digits);
      if ((await into.inputValue()) === date) return;
    }
    throw new Error(`${String(into)} does not take ${date}`);
  }

  /** Opens the file chooser with a key and selects a file. */
  async giveFile(to: Locator, file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
    await this.tabTo(to);
    const window = this.page.waitForEvent("filechooser", { timeout: 10_000 });
    await this.page.keyboard.press("Enter");
    await (await window).setFiles(file);
  }

  /** Moves through a list or a group of choices with the arrow keys until `isThere` is true. */
  async arrowTo(inside: Locator, isThere: () => Promise<boolean>, arrow: "ArrowDown" | "ArrowUp" = "ArrowDown"): Promise<void> {
    await this.tabTo(inside);
    for (let steps = 0; steps < mostKeys; steps++) {
      if (await isThere()) return;
      await this.page.keyboard.press(arrow);
    }
    throw new Error(`${String(inside)} does not offer it`);
  }

  /**
   * Walks through the page with Tab, from its top until the focus leaves it or returns to the first stop. Returns the names of the stops,
   * and the faults: controls skipped or out of document order, hidden stops, a focus trap.
   */
  async walk(): Promise<{ readonly stops: readonly string[]; readonly faults: readonly string[] }> {
    const offered = (await this.page.evaluate(noteStops)) as string[];
    const [stops, faults]: [string[], string[]] = [[], []];
    let next = 0;
    for (let tabs = 0; tabs <= offered.length * 3 + 10; tabs++) {
      await this.page.keyboard.press("Tab");
      const { name, fault } = await this.#focus();
      const place = (await this.page.evaluate(placeOfFocus)) as number;
      if (name === "" || (place === 0 && stops.length > 1))
        return { stops, faults: [...faults, ...offered.slice(next).map((missed) => `${missed}: is not stopped at`)] };
      stops.push(name);
      if (fault !== null) faults.push(`${name}: ${fault}`);
      // A date has one stop for each of its parts; a scrollable area is a stop that was not noted.
      if (place === -1 || place === next - 1) continue;
      faults.push(...offered.slice(next, place).map((missed) => `${missed}: is not stopped at before ${name}`));
      if (place < next) faults.push(`${name}: comes after what follows it in the document`);
      next = place + 1;
    }
    return { stops, faults: [...faults, `the focus never leaves the page: ${stops.slice(-5).join(", ")}`] };
  }

  async #isOn(what: Locator): Promise<boolean> {
    return (await what.and(this.page.locator(":focus")).count()) > 0;
  }

  async #tab(back: boolean): Promise<string> {
    await this.page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const { name } = await this.#see();
    return name;
  }

  async #see(): Promise<Focus> {
    const focus = await this.#focus();
    if (focus.fault !== null) throw new Error(`${this.page.url()} ${focus.name}: ${focus.fault}`);
    return focus;
  }

  async #focus(): Promise<Focus> {
    return (await this.page.evaluate(whatHasFocus)) as Focus;
  }
}
