import { describe, expect, it } from "vitest";
import { publishAll, record } from "../console/review/waiting-aids.ts";
import { ownCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { formOnPage } from "../support/form-on-page.ts";
import { newHarvest } from "../support/harvest.ts";

const count = 10_000;
const repeated = 6_000;
const filler = "Le conseil régional accompagne les collectivités dans leurs projets, avec des aides aux études et aux travaux. ".repeat(20);

describe("the queue of 10,000 proposals", () => {
  it("answers in well under a second, because it compares no texts", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await newHarvest(catalogue);
    const records = (day: number) =>
      Array.from({ length: count }, (_, n) =>
        record(`r${n}`, {
          fin: `2027-0${1 + (n % 9)}-15`,
          texte: `<p>${filler}${day === 2 && n >= repeated ? `Mention ${n} ajoutée.` : ""}</p>${day === 2 && n < repeated ? "<p>Les dossiers se déposent en ligne.</p>" : ""}`,
        }),
      );
    await harvest.day(records(1));
    await publishAll(catalogue, harvest);
    const spent: Record<string, number> = {};
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await work();
      spent[what] = Math.round(performance.now() - begun);
      return result;
    };
    const index = async () => {
      while ((await catalogue.search.catchUp()) > 0);
    };
    await index();
    await harvest.day(records(2));
    await timed("index", index);
    const client = await testConsole(catalogue).as("bizdev", "Marie D.");
    await client.get("/relecture/propositions");
    const list = await timed("list", () => client.get("/relecture/propositions"));
    expect(list.html).toContain("4\u202f001 réponses pour 10\u202f000 aides");
    const { to } = await timed("next", () => client.get("/relecture/suivante?file=propositions"));
    const path = (to ?? "").split("?")[0] ?? "";
    const page = await timed("change", () => client.get(to ?? ""));
    expect(page.html).toContain("6\u202f000 aides");
    await timed("accept", () => client.post(`${path}/accepter`, formOnPage(page.html, `${path}/accepter`)));
    await index();
    process.stdout.write(`10,000 proposals, in ms: ${JSON.stringify(spent)}\n`);
    const today = "2026-11-25";
    expect(await catalogue.changeQueue.counts({ today }, today)).toMatchObject({ aids: count - repeated, items: count - repeated });
    for (const what of ["list", "next", "change"]) expect(spent[what], what).toBeLessThan(3000);
  }, 600_000);
});
