import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, whyNoBrowser } from "./browser.ts";
import { KeyboardUser } from "./keyboard-user.ts";
import { keptFromKeyboard } from "./what-has-focus.ts";

describe.skipIf(!hasBrowser)(`a user of the keyboard${whyNoBrowser}`, () => {
  const browser = browserForTests();

  async function on(body: string, style = "") {
    const { context } = await browser.context();
    const page = await context.newPage();
    await page.setContent(`<!doctype html><style>${style}</style><a href="#a">A</a>${body}<a href="#z">Z</a>`);
    return { page, keys: new KeyboardUser(page) };
  }
  const faultsOf = async (body: string, style?: string) => (await (await on(body, style)).keys.walk()).faults;

  it("stops at every control in order: links, a group of buttons, a date, a scrollable table, an expanded section", async () => {
    const body = `
      <input type="radio" name="r"><input type="radio" name="r" checked><input type="date"><textarea></textarea><button disabled>no</button>
      <div style="width: 9rem; overflow: auto"><div style="width: 90rem">long</div></div>
      <details><summary>more</summary><button>folded away</button></details><details open><summary>open</summary><button>seen</button></details>`;
    expect(await faultsOf(body)).toEqual([]);
  });

  it.each([
    [
      "what is offered and not reached",
      `<div id="x"></div><script>addEventListener("keydown", (e) => { if (document.activeElement.hash === "#a") { e.preventDefault(); document.querySelector("#c").focus(); } });</script><a href="#b">B</a><button id="c">C</button>`,
      "a #b B: is not stopped at before button #c C",
    ],
    [
      "another order",
      '<button tabindex="2" id="b">B</button><button tabindex="1" id="c">C</button>',
      "button #b B: comes after what follows it in the document",
    ],
    [
      "a stop that does not show itself",
      '<button id="b" style="outline: none">B</button>',
      "button #b B: nothing shows that it has the focus",
    ],
    [
      "a stop under something",
      '<button id="b">B</button><div style="position: fixed; inset: 0; background: white"></div>',
      "button #b B: it is not to be seen: out of the window, or under something else",
    ],
    [
      "a trap",
      '<button id="b">B</button><script>document.querySelector("#b").onkeydown = (e) => e.preventDefault();</script>',
      /^the focus never leaves the page/,
    ],
  ])("says of %s", async (_, body, fault) => {
    expect(await faultsOf(body)).toEqual(expect.arrayContaining([typeof fault === "string" ? fault : expect.stringMatching(fault)]));
  });

  it("reports a control that Tab does not reach in time, and opens the file chooser", async () => {
    const { page, keys } = await on('<button tabindex="-1">never</button><input type="file" id="f"><input type="date">');
    await expect(keys.tabTo(page.getByText("never"), { within: 6 })).rejects.toThrow(/is not reached by 6 Tabs/);
    await keys.giveFile(page.locator("#f"), { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("a") });
    expect(await page.evaluate("document.querySelector('#f').files[0].name")).toBe("a.csv");
    await keys.writeDay(page.locator("[type=date]"), "2026-12-03");
    await keys.tabTo(page.locator("#f"), { within: 6, back: true });
  });

  it("finds controls that only a mouse can reach", async () => {
    const { page } = await on(`
      <p data-arrows><a href="#" tabindex="0">one</a><a href="#" tabindex="-1">other</a></p><p data-arrows><a href="#" tabindex="-1" id="a">A</a></p>
      <button tabindex="-1" id="b">B</button><div inert><button id="c">C</button></div><div aria-hidden="true"><button id="d">D</button></div>
      <button tabindex="3" id="e">E</button><div role="button" id="f">F</div><button id="g" style="width: 0; height: 0; padding: 0; border: 0"></button>`);
    expect(await page.evaluate(keptFromKeyboard)).toEqual([
      "a #a A: is seen, and not reached",
      "button #b B: is seen, and not reached",
      "button #c C: is seen, and stands in what is inert",
      "button #d D: is reached, and not said",
      "button #e E: stands out of the order, by tabindex",
      "button #g: is reached, and not drawn",
      "div #f F: is for a mouse alone",
    ]);
  });
});
