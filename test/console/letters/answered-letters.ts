import type { PublisherFacts } from "../../../src/catalogue/publishers/publisher-repository.ts";
import type { JobServices } from "../../../src/jobs/job-services.ts";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import type { TestConsole } from "../../support/console-client.ts";
import type { Harvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

/** A record of the small feed. */
export const record = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte: `<p>Texte de l’aide ${id}</p>`,
  lien: `https://region.example/aides/${id}`,
  fin: "2027-03-31",
  ...more,
});

/** A feed with two wrong dates, an aid without title, and an unknown word. */
export const wrong = [
  record(1),
  record(2, { fin: "31/02/2027" }),
  record(3, { fin: "bientôt peut-être" }),
  record(4, { titre: "" }),
  record(6, { publics: "Martiens" }),
];

/** Returns the visible text, without markup. */
export function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;|’/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, " ");
}

/** Returns the path of a letter's address from the page that shows it. */
export function addressOn(html: string): string {
  return /http:\/\/[\w.:]+(\/lettre\/[\w-]+)/.exec(html)?.[1] ?? "no address";
}

/** Creates a letter with its address, and the clients of both sides. */
export async function madeLetter(catalogue: TestCatalogue, console: TestConsole, { connector }: Harvest, name = "Marie Lettrée") {
  const bizdev = await console.as("bizdev", name);
  const page = await bizdev.post(`/connecteurs/${connector}/courriers`, { "quand-meme": "oui" });
  const [kept] = await catalogue.letters.list(connector);
  if (kept === undefined) throw new Error(`no letter was made: ${words(page.html)}`);
  const path = `/connecteurs/${connector}/courriers/${kept.letterId}`;
  return { bizdev, page, path, letterId: kept.letterId, address: addressOn(page.html), nobody: await console.as("nobody") };
}

/** Returns the position of a point by the text before its form. */
export function pointOf(html: string, before: string): string {
  const from = html.indexOf(before);
  return /id="point-(\d+)"/.exec(html.slice(from === -1 ? html.length : from))?.[1] ?? "no point";
}

const nothing: PublisherFacts = {
  name: "Région Exemple",
  siren: null,
  kind: "region",
  territory: "region:11",
  website: null,
  licence: null,
  agreedOn: null,
  agreedBy: null,
  agreementDocument: null,
  personInCharge: null,
  nextAction: null,
  nextActionOn: null,
};

/** Adds contacts to a connector's publisher: one gets letters, one does not. */
export async function partnerOf(catalogue: TestCatalogue, { connector }: Harvest): Promise<string> {
  const by = { by: "Marie", now: new Date(testNow) };
  const publisherId = await catalogue.publishers.add(nothing, by);
  await catalogue.publishers.giveConnector(connector, publisherId);
  const contact = { role: null, phone: null, note: null };
  await catalogue.contacts.add(publisherId, { ...contact, name: "Jeanne Reçoit", email: "jeanne@region.example", getsLetters: true }, by);
  await catalogue.contacts.add(publisherId, { ...contact, name: "Paul Tait", email: "paul@region.example", getsLetters: false }, by);
  return publisherId;
}

/** Runs the waiting runs of a connector. */
export async function doWaitingRuns(catalogue: TestCatalogue, jobs: JobServices, connector: string): Promise<void> {
  for (const { runId } of await catalogue.runQueue.waiting(connector))
    await doRun(jobs, { runId, connector }, new AbortController().signal);
}
