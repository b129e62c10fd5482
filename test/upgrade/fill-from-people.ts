import { randomUUID } from "node:crypto";
import { tokenHash } from "../../src/console/access/tokens.ts";
import { gatherDigest } from "../../src/jobs/digest/gather-digest.ts";
import { packEdition } from "../../src/model/territories/edition.ts";
import { makeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { fillCatalogue } from "../console/journeys/full-catalogue.ts";
import { madeLetter } from "../console/letters/answered-letters.ts";
import { type PublisherWithAids, publisherWithAids } from "../console/space/publishers-with-aids.ts";
import { madeKey } from "../support/api-keys.ts";
import type { TestCatalogue } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testConsole } from "../support/console-client.ts";
import { madeAid, stageAids, startRun, testNow } from "../support/made-aids.ts";

const now = testNow;
const at = testNow.toISOString();
const tomorrow = new Date(now.getTime() + 86_400_000);
const by = "Marie";
const secret = "a secret of the dump for upgrades";

/** Fills the tables that runs alone leave empty, as colleagues, publishers and readers do. All of these people are invented. */
export async function fillFromPeople(catalogue: TestCatalogue): Promise<void> {
  await fillCatalogue(catalogue);
  const partner = await publisherWithAids(catalogue, "Région Exemple", "Projet");
  await decideAboutFeeds(catalogue, partner);
  await addColleagues(catalogue);
  await addPublishersPeople(catalogue, partner);
  await writeToPublisher(catalogue, partner);
  await addReaders(catalogue, partner);
  await closeTheDay(catalogue, partner);
}

/** Decisions that hold for later runs, and settings of connectors. */
async function decideAboutFeeds(catalogue: TestCatalogue, { publisherId, harvest: { connector }, aids }: PublisherWithAids): Promise<void> {
  const none = { rule: null, condition: null, note: null, by, at };
  await catalogue.standingDecisions.add({ kind: "fill", connector, publisher: null, field: "mobilizationSteps", value: ["op"], ...none });
  await catalogue.feedDecisions.add({ connector, kind: "loosen", subject: "publics", paths: [], note: "le champ est facultatif", by, at });
  const until = { upTo: null, until: "2026-12-01", reason: "le producteur rappelle jeudi", by, at };
  await catalogue.setAsides.add({ id: randomUUID(), connector, what: "issue", issueCode: "unmapped-term", field: null, ...until });
  await catalogue.publishedByRuns.markSeen(aids[0] ?? "", { by, now });
  await catalogue.secrets.save({ name: "REGION_EXEMPLE_CLE", by, at: now }, "a key of a feed", [secret]);
  await catalogue.peoplePolicies.record(publisherId, { policy: "professional", why: "accord écrit", by }, now);
  await catalogue.personAnswers.set({ key: "a-service", answer: "service", text: "Guichet unique", by }, now);
  const basis = {
    connector: "region-sud",
    basis: "crpa",
    page: "https://exemple.fr/mentions",
    seen: "2026-11-01",
    answers: {},
    note: null,
  } as const;
  await catalogue.reuseBases.confirm(basis, by, now);
  // Its plan is not applied: the whole lists are too large for the dump.
  const lists = { regions: [], departements: [], communes: [], epci: [], ept: [] };
  const packed = packEdition({ name: "7.0.0", lists, former: [] });
  await catalogue.territoryEditions.add(randomUUID(), { name: "7.0.0", stamp: "7.0.0", packed });
}

/** Accounts of colleagues, with everything that belongs to one. */
async function addColleagues(catalogue: TestCatalogue): Promise<void> {
  const personId = randomUUID();
  await catalogue.people.add({ personId, email: "nadia@example.fr", name: "Nadia Exemple", role: "ops", by, now });
  await catalogue.sessions.addLink(personId, "sign-in", tomorrow);
  await catalogue.attempts.add(new Map([["nadia@example.fr", 5]]), { at: now, since: now, pacedSince: now });
  await catalogue.secondFactors.add(personId, { sealed: "sealed", step: 1, recoveryHashes: [tokenHash("a code")], createdAt: now });
  await catalogue.notifications.choose(personId, new Map([["held", "daily"]]), now);
  await catalogue.notifications.beginTry(personId, { dailyFor: null, tries: 0, triedAt: null }, now);
  await catalogue.notifications.endTry(personId, ["held region-exemple"], now);
  await catalogue.changeQueue.assign([randomUUID()], personId, now);
  await catalogue.aidVisits.touch(randomUUID(), personId, now);
  await catalogue.feedLeads.add(
    [
      {
        ...{ address: "https://data.exemple.fr/aides.csv", title: "Aides de la ville", publisher: "Ville Exemple", page: null },
        ...{ catalogue: "data.exemple.fr", reasons: [{ code: "words", words: ["aides"] }] },
      },
    ],
    now,
  );
}

/** The space of a publisher: an account, its sessions, what it sent and asked. */
async function addPublishersPeople(catalogue: TestCatalogue, { publisherId, harvest, aids }: PublisherWithAids): Promise<void> {
  const { connector } = harvest;
  const accounts = catalogue.publisherAccounts;
  const lea = await testConsole(catalogue, { folders: [harvest.folder] }).asPublisher(publisherId, "lea@producteur.example");
  await lea.post(`/espace/aides/${aids[0]}/cloture`, { jour: "2027-01-31", remarque: "Fin des crédits" });
  await catalogue.publisherSessions.addLink(lea.personId ?? "", "sign-in", tomorrow);
  await accounts.requestLink("lea@producteur.example", now);
  const content = new TextEncoder().encode("id;titre\n1;Une aide\n");
  await catalogue.publisherFiles.add({
    publisherId,
    kind: "file",
    connector,
    name: "aides.csv",
    content,
    by: "lea@producteur.example",
    at: now,
  });
  const draftId = randomUUID();
  await catalogue.drafts.add({ draftId, title: "Région Exemple", by, now });
  await catalogue.publishers.giveDraft(draftId, publisherId);
  const preview = { draftId, publisherId, content: { aids: [] }, by, at: now, until: tomorrow, tokenHash: tokenHash("a preview") };
  await catalogue.previews.add(preview);
  const offered = { csv: content, zip: content, sha256: "00", aids: 1, leftOut: {} };
  await catalogue.openDataOffers.offer(publisherId, offered, { slug: "region-exemple", by, now });
}

/** A letter that the publisher answers, and a request. */
async function writeToPublisher(catalogue: TestCatalogue, { harvest }: PublisherWithAids): Promise<void> {
  const { connector } = harvest;
  const { letterId } = await madeLetter(catalogue, testConsole(catalogue, { folders: [harvest.folder] }), harvest);
  const remark = "La date est corrigée dans notre fichier";
  await catalogue.letterAnswers.add(letterId, { code: null, field: null, answer: null, plannedFor: null, remark }, now);
  const asked = { letterId, connector, kind: "correction", externalId: "a1", title: "Projet numéro 1", hosts: [] } as const;
  await catalogue.publisherRequests.add({ ...asked, remark: "Le titre est trop long", by: "lea@producteur.example" }, now);
}

/** Readers of the API and of the search page. */
async function addReaders(catalogue: TestCatalogue, { aids: [aidId = ""] }: PublisherWithAids): Promise<void> {
  await madeKey(catalogue);
  await catalogue.aidReads.add([{ month: "2026-11-01", aidId, count: 9 }]);
  await catalogue.searchMisses.add([{ month: "2026-11-01", keyword: "piscine", territory: "", category: "", count: 9 }]);
  await catalogue.errorReports.add({ aidId, kind: "deadline", text: "Le guichet a fermé." }, now);
}

/** What the last jobs of a night store, and a person who is forgotten. */
async function closeTheDay(catalogue: TestCatalogue, { harvest }: PublisherWithAids): Promise<void> {
  const registry = await readConnectors([harvest.folder]);
  const period = { since: new Date(now.getTime() - 86_400_000), until: now };
  const content = await gatherDigest(catalogue, { ...registry, environment: {} }, period, now);
  await catalogue.digests.create({ digestId: randomUUID(), content }, null);
  await catalogue.funnel.keep("2026-11-25", await catalogue.funnel.funnels(new Set(), "2026-11-25"));
  await makeOpenData({ catalogue, connectors: registry.connectors }, () => now);
  const forget = ["forget", "Solveig Tartempion", "--yes"];
  const { error } = await runCommandAt(at, catalogue, harvest.folder, forget, { MOISSON_SECRET: secret });
  if (error !== undefined) throw error;
  // A run that is still in progress.
  await stageAids(catalogue, await startRun(catalogue, "region-en-cours"), [madeAid("1")]);
}
