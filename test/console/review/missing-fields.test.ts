import { describe, expect, it } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { aidNow, record, waiting } from "./waiting-aids.ts";

const ids = ["a", "b", "c", "d"];

describe.each(testedDatabases)("the missing fields of new aids on $title", (database) => {
  it.skipIf(database.skipped)("are filled for a whole source with one act and one undo", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(
      catalogue,
      ids.map((id) => record(id)),
    );
    await edit(catalogue, { connector: harvest.connector, externalId: "a" }, { mobilizationSteps: ["postop"] });
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie D.");
    const path = `/relecture/champs/${harvest.connector}`;
    const queue = await client.get("/relecture");
    expect(queue.html).toMatch(
      new RegExp(
        `<a href="${path}">4.nouvelles aides de Région Exemple n’ont ni types d’aide, ni contact, ni état d’avancement du projet</a>`,
      ),
    );
    const page = await client.get(path);
    const form = formOnPage(page.html, path);
    expect((await client.post(path, { jeton: form.jeton ?? "" })).status).toBe(422);
    const done = await client.act(path, { ...form, "valeur-mobilizationSteps": ["preop", "op"], "valeur-aidTypes": ["grant"] });
    expect(done.html).toMatch(/: 4.aides remplies/);
    const filled = await aidNow(catalogue, harvest, "b");
    expect(filled.edits.mobilizationSteps).toMatchObject({ value: ["preop", "op"], by: "Marie D.", suggestion: { confirmed: false } });
    expect(filled.edits.aidTypes).toMatchObject({ value: ["grant"] });
    // A person's own value stays.
    expect((await aidNow(catalogue, harvest, "a")).edits.mobilizationSteps).toMatchObject({ value: ["postop"] });
    expect((await client.get("/relecture")).html).not.toContain("ni état d’avancement");
    const undone = await client.act("/relecture/annuler", formOnPage(done.html, "/relecture/annuler"));
    expect(undone.html).toContain("C’est annulé.");
    for (const id of ["b", "c", "d"]) expect((await aidNow(catalogue, harvest, id)).edits).toEqual({});
    expect((await aidNow(catalogue, harvest, "a")).edits.mobilizationSteps).toMatchObject({ value: ["postop"] });
  });

  it.skipIf(database.skipped)("are offered only if several aids lack them", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(catalogue, [record("a"), record("b")]);
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev");
    expect((await client.get("/relecture")).html).not.toContain("À remplir pour toute une source");
    expect((await (await testConsole(catalogue).as("read")).get("/relecture")).html).not.toContain("À remplir pour toute une source");
  });
});
