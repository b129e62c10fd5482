import { expect, it } from "vitest";
import { ruledFields } from "../../../src/console/pages/editor/table/field-groups.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { draftWithFeed } from "../previews/draft-with-feed.ts";

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

/** Texts for the fields whose fixed value is no plain text and no term. */
const fixed: Readonly<Record<string, string>> = {
  startDate: "2027-01-31",
  predepositDate: "2027-01-31",
  submissionDeadline: "2027-01-31",
  sourceUpdatedDate: "2027-01-31",
  sourceCreatedDate: "2026-01-31",
  siteNumber: "551",
  submissionDeadlineTime: "12:00",
  subventionRateLowerBound: "20",
  subventionRateUpperBound: "80 %",
  language: "fr",
  loanAmount: "1 500 €",
  recoverableAdvanceAmount: "1500",
  isCallForProject: "oui",
  isCharged: "non",
  inFranceRelance: "non",
  perimeters: "region:53",
  perimeterExclusions: "region:53",
  originUrl: "https://www.example.org/aide",
  applicationUrl: "https://www.example.org/aide",
  importDataUrl: "https://www.example.org/aide",
  contactEmail: "aides@region.example",
  contactPhone: "02 99 00 00 00",
};

it("chooses, changes and empties each field of a definition through its form", { timeout: 300_000 }, async () => {
  const catalogue = await ownCatalogue();
  const bizdev = await testConsole(catalogue).as("bizdev");
  const { id, path } = await draftWithFeed(bizdev);
  const page = async (field: string) => {
    const address = `${path}/champs/${field}`;
    return { address, ...(await bizdev.get(address)) };
  };
  const send = async (field: string, choice: Readonly<Record<string, string | readonly string[]>>) => {
    const { address, html } = await page(field);
    const { facon: _, champ: __, fixe: ___, ...form } = formOnPage(html, address);
    const { status, html: refused } = await bizdev.post(address, { ...form, ...choice });
    return status === 303 ? "saved" : plain(/<main.*?<form/s.exec(refused)?.[0] ?? refused).slice(-300);
  };
  const definition = async () => {
    // The last page shows the definition that the first run would use.
    const { answers = {} } = (await catalogue.drafts.find(id)) ?? {};
    const { proposed, changes } = answers as { proposed: { fields: object }; changes: { fields?: object } };
    const fields = Object.entries({ ...proposed.fields, ...changes.fields }).filter(([, rule]) => rule !== null);
    return { ...proposed, fields: Object.fromEntries(fields) as Record<string, { kind: string } | undefined> };
  };
  const wrong: string[] = [];
  const check = (field: string, act: string, isRight: boolean, said: string) => isRight || wrong.push(`${field} ${act}: ${said}`);
  for (const field of ruledFields) {
    const before = (await definition()).fields[field];
    const chosen = await send(field, { facon: "champ", champ: "contact" });
    const read = (await definition()).fields[field];
    check(field, "chosen", chosen === "saved" && JSON.stringify(read).includes('"contact"'), `${chosen} ${JSON.stringify(read)}`);
    if (field === "externalId") {
      check(field, "restored", (await send(field, { facon: "champ", champ: "id" })) === "saved", JSON.stringify(before));
      continue;
    }
    const slug = /<input[^>]* name="fixe"[^>]* value="([^"]+)"/.exec((await page(field)).html)?.[1];
    const changed = await send(field, { facon: "fixe", fixe: fixed[field] ?? slug ?? "Un texte" });
    const constant = (await definition()).fields[field];
    check(field, "changed", changed === "saved" && constant?.kind === "constant", `${changed} ${JSON.stringify(constant)}`);
    const emptied = await send(field, { facon: "rien" });
    const left = (await definition()).fields[field];
    if (field === "name") check(field, "emptied", emptied.includes("toujours un identifiant et un titre") && left !== undefined, emptied);
    else check(field, "emptied", emptied === "saved" && left === undefined, emptied);
  }
  expect(wrong).toEqual([]);
  expect(checkConnector(await definition())).toHaveProperty("connector");
});
