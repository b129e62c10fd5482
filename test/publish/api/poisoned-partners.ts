import { randomUUID } from "node:crypto";
import { newToken, tokenHash } from "../../../src/console/access/tokens.ts";
import type { Preview } from "../../../src/ingest/preview-aids.ts";
import { addressVariable } from "../../../src/kit/address-variable.ts";
import { previewContent } from "../../../src/partners/preview-content.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import type { TestConsole } from "../../support/console-client.ts";
import { feedServer } from "../../support/feed-server.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { madeContent, testNow } from "../../support/made-aids.ts";
import { publishable } from "../../support/published-aids.ts";
import { mobile, nameOf, poison, somebody } from "./poison.ts";
import { agency } from "./poisoned-aids.ts";

/** A connector with a secret address: its query and its path contain a key. */
const partner = "region-partenaire";
const by = { by: "Moisson", now: testNow };

/** Imports its feed once, with everything that a letter needs. */
export async function partnersFeed(catalogue: TestCatalogue): Promise<Harvest> {
  const variable = addressVariable(partner);
  const harvest = await newHarvest(catalogue, { id: partner, feed: { urlFrom: variable } });
  const server = await feedServer();
  const record = (id: string, fin: string) => ({ id, titre: `Aide ${id}`, texte: `<p>${somebody("textedeflux")}</p>`, fin });
  const body = [record("a", "2027-03-31"), record("b", "31/02/2027"), { id: "c", texte: `<p>${poison("rejet")}</p>` }];
  const path = `/${poison("cheminduflux")}/aides.json?cle=${poison("cledeflux")}`;
  const address = new URL(server.on(path, { body }, { status: 403 }));
  address.username = "moisson";
  address.password = poison("motdepassedeflux");
  const world = { environment: { [variable]: address.href }, allowHosts: [server.host] };
  await harvest.run({}, world);
  await harvest.run({}, world).catch(() => undefined);
  return harvest;
}

/** Adds a publisher with internal notes. Returns its id. */
export async function poisonPublisher(catalogue: TestCatalogue): Promise<string> {
  const personId = randomUUID();
  const name = nameOf("compte");
  await catalogue.people.add({ personId, email: `${poison("compte")}@exemple.fr`, name, role: "bizdev", by: "test", now: testNow });
  const publisherId = await catalogue.publishers.add(
    {
      ...{ name: "Région Partenaire", siren: null, kind: "region", territory: "region:53", website: "https://partenaire.example" },
      ...{ licence: "agreement", agreedOn: "2026-10-01", agreedBy: nameOf("accordepar"), agreementDocument: poison("document") },
      ...{ personInCharge: personId, nextAction: poison("action"), nextActionOn: "2026-11-01" },
    },
    by,
  );
  for (const connector of [partner, agency]) await catalogue.publishers.giveConnector(connector, publisherId);
  const reached = { email: `${poison("adresse")}@exemple.fr`, phone: mobile, note: poison("notesurcontact"), getsLetters: true };
  await catalogue.contacts.add(publisherId, { name: nameOf("nomducontact"), role: poison("role"), ...reached }, by);
  const said = { text: somebody("journal"), details: { quoi: poison("detaildujournal") } };
  await catalogue.exchanges.add(publisherId, { at: testNow, kind: "call", by: name, ...said });
  await catalogue.publishers.moveTo(publisherId, "talking", by);
  return publisherId;
}

/** Returns the addresses of two letters to that publisher, one open and one revoked. */
export async function poisonLetters(catalogue: TestCatalogue, console: TestConsole): Promise<{ open: string; closed: string }> {
  const bizdev = await console.as("bizdev", "Marie Lettrée");
  const page = await bizdev.post(`/connecteurs/${partner}/courriers`, {});
  const open = /\/lettre\/([\w-]+)/.exec(page.html)?.[1];
  const [made] = await catalogue.letters.list(partner);
  const letter = made === undefined ? null : await catalogue.letters.find(made.letterId);
  if (open === undefined || letter === null) throw new Error(`no letter was made: ${page.html}`);
  const to = [`${poison("destinataire")}@exemple.fr`];
  const sending = { by: "Marie Lettrée", at: testNow, to, tokenHash: tokenHash(open) };
  await catalogue.letters.beginSending(letter.letterId, null, sending);
  await catalogue.letters.markSent(letter.letterId, testNow);
  const closed = newToken();
  const { connector, runId, content } = letter;
  const kept = { connector, runId, letter: content, annex: [], by: nameOf("compte"), at: testNow, tokenHash: tokenHash(closed) };
  const closedId = await catalogue.letters.add(kept);
  const remark = { code: null, field: null, answer: null, plannedFor: null, remark: somebody("remarque") };
  await catalogue.letterAnswers.add(closedId, remark, testNow);
  await catalogue.letters.revoke(closedId, "Marie Lettrée", testNow);
  return { open, closed };
}

/** Offers the publisher's aids as open data and validates them behind the letter. Returns their name in the daily address. */
export async function poisonOffer(catalogue: TestCatalogue, console: TestConsole, publisherId: string, letter: string): Promise<string> {
  const bizdev = await console.as("bizdev", "Marie Lettrée");
  await bizdev.post(`/producteurs/${publisherId}/fichier`);
  const file = await catalogue.openDataOffers.find(publisherId);
  const nobody = await console.as("nobody");
  const by = { nom: nameOf("valideur"), fonction: poison("fonction"), accord: "oui" };
  const done = await nobody.post(`/lettre/${letter}/open-data`, { decision: "valider", version: file?.sha256 ?? "", ...by });
  if (file === null || done.status !== 303) throw new Error(`the file was not validated: ${done.html}`);
  return file.slug;
}

/** Adds a draft with previews. Returns the addresses of an open, a revoked and an expired one. */
export async function poisonDrafts(catalogue: TestCatalogue, publisherId: string) {
  const draftId = randomUUID();
  const title = `Région ${poison("brouillon")}`;
  await catalogue.drafts.add({ draftId, title, ...by });
  const answers = { publisher: { name: title, contact: somebody("contactdubrouillon") } };
  await catalogue.drafts.save({ draftId, revision: 1 }, { title, answers, upload: null }, by);
  await catalogue.publishers.giveDraft(draftId, publisherId);
  const share = async (name: string, until: Date) => {
    const token = newToken();
    const content = madeContent({ ...publishable, name, contact: `<p>Service</p><p>${somebody("personnedansapercu")}</p>` });
    const preview = { valid: 1, publishable: 1, missing: {}, aids: [{ externalId: "1", content, missing: [], issues: [] }] };
    const shared = previewContent("Région Exemple", preview as unknown as Preview);
    const kept = { draftId, publisherId, content: shared, by: nameOf("compte"), at: testNow, until, tokenHash: tokenHash(token) };
    return { token, previewId: await catalogue.previews.add(kept) };
  };
  const tomorrow = new Date(testNow.getTime() + 86_400_000);
  const [open, closed] = [await share("Aide de cet aperçu", tomorrow), await share(poison("apercuclos"), tomorrow)];
  const ended = await share(poison("apercuclos"), testNow);
  await catalogue.previews.revoke(draftId, closed.previewId, "Marie Lettrée", testNow);
  return { draftId, open: open.token, closed: closed.token, ended: ended.token };
}

/** Adds the rest: trials, secrets, searches, keys, the trail. `secret`: the encryption key. */
export async function poisonRest(catalogue: TestCatalogue, secret: string): Promise<void> {
  const why = poison("raison");
  const changes = { publisher: { name: poison("essai") } };
  await catalogue.connectorVersions.addTrial({ connector: agency, definition: null, changes, terms: {}, why, by: "Marie", at: testNow });
  await catalogue.secrets.save({ name: "AGENCE_EXEMPLE_CLE", by: "Marie", at: testNow }, poison("secretrange"), [secret]);
  await catalogue.searchMisses.add([{ month: "2026-11-01", keyword: poison("recherche"), territory: "", category: "", count: 9 }]);
  await catalogue.apiTokens.create({ name: poison("reutilisateur"), scope: "site", perMinute: 60, by: "Marie" }, testNow);
  const details = { quoi: poison("audit") };
  await catalogue.audit.add({ at: testNow, person: null, by: nameOf("compte"), act: "letter.make", subject: poison("audit"), details });
}
