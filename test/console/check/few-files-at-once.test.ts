import { expect, it } from "vitest";
import { checkAct } from "../../../src/console/pages/check/check-act.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { faultyFile } from "./faulty-file.ts";

it("checks at most two files of one address and four in total at once, and tells the others when to retry", async () => {
  const catalogue = await newCatalogue(testDatabase);
  let going = 0;
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow = {
    ...checkAct,
    async perform() {
      going++;
      await gate;
      return { to: "/" };
    },
  };
  const nobody = await testConsole(catalogue, { routes: [slow], settings: { isBehindProxy: true } }).as("nobody");
  const sent = (from: number) => nobody.post("/verifier", { fichier: faultyFile() }, { "x-forwarded-for": `198.51.100.${from}` });
  const first = [sent(1), sent(1)];
  await expect.poll(() => going).toBe(2);
  const third = await sent(1);
  expect(third.status).toBe(503);
  expect(third.headers.get("retry-after")).toBe("60");
  const others = [sent(2), sent(3)];
  await expect.poll(() => going).toBe(4);
  // A refused file does not count: all ten of the hour are still available.
  for (let time = 0; time < 12; time++) expect((await sent(4)).status).toBe(503);
  open();
  for (const { status } of await Promise.all([...first, ...others])) expect(status).toBe(303);
  expect((await sent(4)).status).toBe(303);
  await catalogue.drop();
});
