import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tokenHash } from "../../src/console/access/tokens.ts";
import { readPublicSettings } from "../../src/console/console-settings.ts";
import { publicRoutes } from "../../src/console/routes.ts";
import { type Aid, AidContent } from "../../src/model/aid/aid.ts";
import { aidFields, type FieldKind, kindOf } from "../../src/model/aid/field-table.ts";
import { previewContent } from "../../src/partners/preview-content.ts";
import { contentWithoutPeople, withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { apiApp } from "../../src/publish/api/api-app.ts";
import { routes } from "../../src/publish/api/api-routes.ts";
import { makeOpenData, writeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { newPublisher } from "../console/space/publishers-with-aids.ts";
import { connectorOf, testApi } from "../support/api-client.ts";
import { newCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testConsole } from "../support/console-client.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { flattened, madeContent, testNow } from "../support/made-aids.ts";
import { importPublished, publishable } from "../support/published-aids.ts";

const person = "Mme Solveig TARTEMPION, chargée de mission, 06 39 98 11 22, solveig.tartempion@exemple.fr";
const she = /tartempion|06 ?39 ?98 ?11 ?22/i;
const html = `<p>Un texte utile à tous.</p><p>Contact : ${person}</p>`;
const link = "https://exemple.fr/?de=solveig.tartempion@exemple.fr";

const her = "Mme Solveig TARTEMPION";

/** Values that name her, for each kind of field. Kinds without a value accept no text of a publisher. */
const naming: Readonly<Record<FieldKind, readonly unknown[]>> = {
  title: [`Aide au toit, suivie par ${person}`],
  html: [html],
  line: [person, `Toit (${her}, 06 39 98 11 22)`, "06 39 98 11 22"],
  link: [link],
  list: [[person]],
  organisations: [
    [
      { name: "Région Exemple", siren: "200053767" },
      { name: her, siren: null },
    ],
  ],
  places: [[{ scale: "department", code: "26", name: her }]],
  ...{ date: [], time: [], language: [], flag: [], percent: [], euros: [], term: [], terms: [], licence: [] },
};

/** An aid that names her in every field whose schema accepts it. */
const planted: Partial<AidContent> = Object.fromEntries(
  aidFields.flatMap((field) => {
    const value = naming[kindOf(field)].find((candidate) => AidContent.shape[field].safeParse(candidate).success);
    return value === undefined ? [] : [[field, value]];
  }),
);

/** Values of the parameters in the API's paths. A route with another parameter fails here: add a value that reaches the aid. */
const values: Readonly<Record<string, readonly string[]>> = {
  id: ["1", "2"],
  territory: ["70956-france", "26362-valence"],
  slug: ["aide-au-toit", "aide-au-toit-suivie-par-mme-solveig-tartempion"],
  file: ["aides.csv", "aides.jsonl", "aides.xlsx", "sources.csv", "left-out.csv", "catalogue.jsonld"],
};

async function plantedCatalogue() {
  const catalogue = await newCatalogue(testDatabase);
  onTestFinished(() => catalogue.drop());
  // The aid in "b" has a page without her, so that it is also in the national schema.
  await importPublished(catalogue, "agence", {
    a: planted,
    b: { ...planted, originUrl: "https://exemple.fr/aide", eligibility: html, sourceUpdatedDate: "2026-10-06" },
  });
  return catalogue;
}

describe("a person in every text of an aid", () => {
  it("is planted in every field whose schema accepts any value that names her", () => {
    const values = Object.values(naming).flat();
    for (const field of aidFields) {
      const canName = values.some((value) => AidContent.shape[field].safeParse(value).success);
      expect([field, she.test(JSON.stringify(planted[field] ?? null))]).toEqual([field, canName]);
    }
  });

  it("is in no field that the gate lets out, and in no member that the table does not contain", () => {
    const content = { ...madeContent({ ...publishable, ...planted }), remark: person };
    for (const contacts of ["mailbox", "leave-out"] as const) {
      const open = contentWithoutPeople(content, contacts);
      expect(Object.keys(open)).toEqual(aidFields);
      expect(JSON.stringify(open)).not.toMatch(she);
      const whole = { ...content, aidId: "", connector: "agence", externalId: "1", status: "published" } as unknown as Aid;
      expect(JSON.stringify(withoutPeopleInAid(whole, contacts))).not.toMatch(she);
    }
  });

  it("is in no answer of the API and in no file of the open data", async () => {
    const catalogue = await plantedCatalogue();
    const api = await testApi(catalogue, { connectors: [connectorOf("agence")] });
    await makeOpenData({ catalogue, connectors: [connectorOf("agence")] }, () => testNow);
    const aids = (await api.get("/api/aids/")).json.results as { id: number; slug: string; aid_id: string }[];
    expect(aids).toHaveLength(2);
    const found = { ...values, id: aids.map(({ id }) => String(id)), slug: aids.map(({ slug }) => slug) };
    const paths = routes.flatMap(({ path, otherPaths = [] }) => [path, ...otherPaths]).flatMap((path) => filled(path, found));
    const named: string[] = [];
    const app = apiApp(api.services, routes);
    for (const path of [...paths, "/api/aids/?changed_since=2020-01-01"]) {
      const answer = await app.request(`http://api.test${path}`, {}, { client: "192.0.2.1" });
      if (she.test(await answer.text())) named.push(path);
    }
    expect(named).toEqual([]);
    expect((await api.get("/open-data/aides.csv")).text).toContain("Un texte utile à tous");
  });

  it("is in no export that the documentation calls open data", async () => {
    const catalogue = await plantedCatalogue();
    const written = await runCommandAt("2026-11-25T04:00:00Z", catalogue, ".", ["aids", "--format", "dispositif-aide"]);
    expect(written.stdout).toContain("Un texte utile à tous");
    expect(written.stdout).not.toMatch(she);
    const files: string[] = [];
    await writeOpenData({ catalogue, connectors: [connectorOf("agence")] }, async (name, _type, bytes) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      files.push(Buffer.concat(chunks).toString("latin1"));
      return { name, type: "", bytes: 0, sha256: "" } as never;
    });
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(file).not.toMatch(she);
  });

  it("is in no shared preview", () => {
    const content = madeContent({ ...publishable, ...planted });
    const aid = { externalId: "1", content, missing: [] };
    const shared = previewContent("Agence", { valid: 1, publishable: 1, missing: {}, aids: [aid] } as never);
    expect(JSON.stringify(shared)).not.toMatch(she);
    expect(JSON.stringify(shared)).toContain("Un texte utile à tous");
  });

  it("is in no page of a publisher's space or behind a letter, even if the aid is a likely duplicate or the publisher names her", async () => {
    const catalogue = await plantedCatalogue();
    await importPublished(catalogue, "autre", { a: { ...planted, originUrl: "https://exemple.fr/aide" } });
    while ((await catalogue.search.catchUp()) > 0);
    const publisherId = await newPublisher(catalogue);
    await catalogue.publishers.giveConnector("agence", publisherId);
    const aids = await flattened(catalogue.aids.list({ connector: "agence" }));
    expect(aids).toHaveLength(2);
    const letter = { connector: "agence", runId: aids[0]?.aidId ?? "", letter: {}, annex: [], by: "marie", at: testNow };
    await catalogue.letters.add({ ...letter, tokenHash: tokenHash("the-token") });
    const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes });
    const visitors = [
      [await site.asPublisher(publisherId), "/espace"],
      [await site.as("nobody"), "/lettre/the-token"],
    ] as const;
    for (const [client, base] of visitors) {
      const paths = base === "/espace" ? ["", "/flux", "/courriers"] : [];
      for (const { aidId } of aids) {
        const closing = { jour: "2027-01-31", remarque: `Demander à ${person}` };
        expect((await client.post(`${base}/aides/${aidId}/cloture`, closing)).status).toBe(303);
        paths.push(`/aides/${aidId}`, `/aides/${aidId}/corriger`);
      }
      for (const path of [...paths, "/aides"]) {
        const { status, html: shown } = await client.get(`${base}${path}`);
        expect([`${base}${path}`, status, she.exec(shown)?.[0]]).toEqual([`${base}${path}`, 200, undefined]);
      }
    }
    const [client] = visitors[0];
    expect((await client.get(`/espace/aides/${aids[0]?.aidId}`)).html).toContain("Un texte utile à tous");
    const plans = await catalogue.plans.list({ origin: "publisher" });
    expect(plans).toHaveLength(4);
    for (const { planId, asked } of plans) {
      expect(JSON.stringify(asked)).not.toMatch(she);
      for (const { note } of await catalogue.plans.sample(planId, 5)) expect(note ?? "").not.toMatch(she);
    }
  });

  it("cannot bypass the gate: only the gate makes the type that public outputs accept", () => {
    const casting = sources(join(projectRoot, "src")).filter((file) =>
      /as (?:unknown as )?(?:readonly )?PublicAid/.test(readFileSync(file, "utf8")),
    );
    expect(casting.map((file) => relative(projectRoot, file)).sort()).toEqual([
      "src/privacy/checked-for-people.ts",
      "src/privacy/without-people-in-aid.ts",
    ]);
  });
});

function filled(path: string, found: Readonly<Record<string, readonly string[]>>): string[] {
  const name = /:(\w+)/.exec(path)?.[1];
  if (name === undefined) return [path];
  const known = found[name];
  if (known === undefined) throw new Error(`no value for :${name} in ${path}`);
  return known.flatMap((value) => filled(path.replace(`:${name}`, value), found));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
