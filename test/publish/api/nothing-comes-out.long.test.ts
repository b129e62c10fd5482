import { describe, expect, it } from "vitest";
import { apiOrigin, consoleOrigin, crawl, type Heard } from "./outside.ts";
import { leaks, wordsOf } from "./poison.ts";
import { control, controlAmongPeople, controlOnSite } from "./poisoned-aids.ts";
import { everyWordOf, poisonedCatalogue, storedWords } from "./poisoned-catalogue.ts";
import { behindTheDoor, formsOfAnybody, publicAddresses, unreached } from "./public-addresses.ts";

/** Returns the addresses, without query, whose answers contain the word. */
function placesOf(answers: ReadonlyMap<string, Heard>, word: string): string[] {
  const places = [...answers].filter(([, { text }]) => text.toLowerCase().includes(word)).map(([address]) => address.split("?")[0] ?? "");
  return [...new Set(places)];
}

describe("a catalogue full of secrets and personal data", { timeout: 300_000 }, () => {
  it("reveals only public data, to any reader at any address", async () => {
    const { catalogue, outside, names, bearer, closed } = await poisonedCatalogue();
    const held = await everyWordOf(catalogue);
    expect([...storedWords, "mobile"].filter((word) => !held.has(word))).toEqual([]);

    const start = publicAddresses(names);
    const asNobody = await crawl(outside, start, {}, 12);
    expect.soft(leaks(asNobody), "as nobody").toEqual({});
    const openFiles = ["aides.csv", "aides.jsonl", "aides.xlsx"].map((name) => `${apiOrigin}/open-data/${name}`);
    expect.soft(placesOf(asNobody, control)).toEqual(expect.arrayContaining([`${apiOrigin}/api/aids/`, ...openFiles]));
    expect.soft(placesOf(asNobody, controlAmongPeople)).toEqual(expect.arrayContaining([`${apiOrigin}/api/aids/`, ...openFiles]));
    expect.soft(placesOf(asNobody, controlOnSite)).toEqual([]);
    for (const token of closed)
      for (const [address, { status }] of asNobody) if (address.includes(token)) expect.soft(status, address).toBeGreaterThanOrEqual(400);
    expect.soft([...asNobody].filter(([, { status }]) => status === 500)).toEqual([]);
    expect.soft(unreached(asNobody)).toEqual([]);

    expect
      .soft(leaks(await crawl(outside, start, { headers: { ...bearer.reuse, "accept-encoding": "gzip" } }, 12)), "as a reuser")
      .toEqual({});
    const ofApi = start.filter((address) => address.startsWith(apiOrigin));
    const asSite = await crawl(outside, ofApi, { headers: bearer.site }, 12);
    expect.soft(leaks(asSite, wordsOf("unlicensed")), "as the site").toEqual({});
    expect.soft(placesOf(asSite, controlOnSite)).toContain(`${apiOrigin}/api/aids/`);

    const hidden = wordsOf("people", "aids", "unlicensed", "partners", "secrets");
    for (const word of hidden) {
      const { text } = await outside(`${apiOrigin}/api/aids/?keyword=${word}&include_expired=true`);
      expect.soft(text, `searching ${word}`).toContain('"count":0');
      expect.soft((await outside(`${apiOrigin}/api/backers/?q=${word}`)).text).toContain('"count":0');
    }

    const inOtherWays = new Map<string, Heard>();
    for (const method of ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
      for (const address of start.filter((one) => !/[?]/.test(one)))
        inOtherWays.set(`${method} ${address}`, await outside(address, { method }));
    expect.soft(leaks(inOtherWays), "in other ways").toEqual({});
    expect.soft(leaks(await behindTheDoor(outside, names)), "behind the door").toEqual({});
    expect.soft(leaks(await formsOfAnybody(outside, names)), "forms").toEqual({});
    const ofConsole = start.filter((address) => address.startsWith(consoleOrigin));
    expect.soft(leaks(await crawl(outside, ofConsole, {}, 12)), "after the forms").toEqual({});
  });
});
