import { expect, it } from "vitest";
import type { ActRoute } from "../../../src/console/route.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

it("reads few large files into memory at once; other large files wait, small forms do not", async () => {
  let [now, most] = [0, 0];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const route: ActRoute = {
    method: "post",
    path: "/depot",
    who: "bizdev",
    act: null,
    maxBytes: 50_000_000,
    async perform(_, form) {
      if (form.file("fichier") === null) return { to: "/" };
      most = Math.max(most, ++now);
      await gate;
      now--;
      return { to: "/" };
    },
  };
  const client = await testConsole(await ownCatalogue(), { routes: [route] }).as("bizdev");
  const large = () => client.post("/depot", { fichier: new File([new Uint8Array(11_000_000)], "a.csv") });
  const sent = [large(), large(), large(), large(), large()];
  await expect.poll(() => now, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  expect((await client.post("/depot", { texte: "a" }, { "content-length": "200" })).status).toBe(303);
  open();
  for (const { status } of await Promise.all(sent)) expect(status).toBe(303);
  expect(most).toBe(3);
}, 60_000);
