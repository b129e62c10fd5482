import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { exchangeSentence } from "../../../french/exchanges.ts";
import { publisherStageLabel } from "../../../french/publishers.ts";
import { french } from "../../../french/typography.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { peoplePolicies } from "../../../model/publisher/people-policy.ts";
import { publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { samePublisher } from "../../../partners/publishers-of-connectors.ts";
import { formatDateTime } from "../../parts/time.ts";
import { actRoute, CannotDo, type Form, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { maxWhy } from "./people-policy.tsx";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { differentField, type FormFacts, publisherFormPage, readPublisherForm, typedOf } from "./publisher-form.tsx";
import { pageOf } from "./publisher-page.tsx";
import { doubtOf } from "./publisher-stage.tsx";

const path = "/producteurs/:producteur/modifier";

const newForm = pageRoute("/producteurs/nouveau", "bizdev", (visit) => publisherFormPage(visit, { publisher: null, typed: typedOf(null) }));

const add = actRoute("/producteurs/nouveau", { who: "bizdev", act: "publisher.add" }, async (visit, form) => {
  const { typed, facts, problems } = await readPublisherForm(visit, null, form);
  if (facts === null) return publisherFormPage(visit, { publisher: null, typed, problems });
  const by = { by: visitorOf(visit).name, now: visit.now };
  const added = await visit.catalogue.publishers.addUnless(
    { ...facts, nextAction: null, nextActionOn: null },
    by,
    (all) => all.find((one) => isSentTwice(visit, one, facts)) ?? similarPublisher(form, null, facts, all),
  );
  if ("found" in added) {
    if (isSentTwice(visit, added.found, facts)) return { to: `/producteurs/${added.found.publisherId}` };
    return publisherFormPage(visit, { publisher: null, typed, similar: added.found });
  }
  const { publisherId } = added;
  await noteAgreement(visit, publisherId, null, facts);
  return {
    message: "Le producteur est ajouté.",
    to: `/producteurs/${publisherId}`,
    subject: subjectOf({ publisherId }),
    details: { name: facts.name },
  };
});

const identifyingFacts = ["name", "siren", "kind", "territory"] as const;

/** Returns another publisher that seems to be the same. Null if no identifying fact changed, or if the form confirms that they differ. */
function similarPublisher(
  form: Form,
  before: StoredPublisher | null,
  facts: FormFacts,
  all: readonly StoredPublisher[],
): StoredPublisher | null {
  const isSame = before !== null && identifyingFacts.every((name) => before[name] === facts[name]);
  if (isSame || form.has(differentField)) return null;
  return (
    samePublisher(
      facts,
      all.filter(({ publisherId }) => publisherId !== before?.publisherId),
    ) ?? null
  );
}

/** The same form within this time counts as sent twice. The second one is ignored, because nobody can remove a publisher. */
const twiceWithinMs = 60_000;

/** Returns true if the first of two identical forms added this publisher. */
function isSentTwice(visit: Visit, one: StoredPublisher, { name, kind, territory }: FormFacts): boolean {
  const isRecent = one.createdAt.getTime() >= visit.now.getTime() - twiceWithinMs;
  const isOurs = one.createdBy === visitorOf(visit).name;
  return isRecent && isOurs && one.name === name && one.kind === kind && one.territory === territory;
}

const editForm = pageRoute(path, "bizdev", async (visit) => {
  const publisher = await publisherAt(visit);
  return publisherFormPage(visit, { publisher, typed: typedOf(publisher) });
});

const save = actRoute(path, { who: "bizdev", act: "publisher.edit" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const { typed, facts, problems } = await readPublisherForm(visit, publisher, form);
  if (form.text("revision") !== String(publisher.revision)) return publisherFormPage(visit, { publisher, typed, isConflict: true });
  if (facts === null) return publisherFormPage(visit, { publisher, typed, problems });
  const similar = similarPublisher(form, publisher, facts, await visit.catalogue.publishers.list());
  if (similar !== null) return publisherFormPage(visit, { publisher, typed, similar });
  const { nextAction, nextActionOn } = publisher;
  const by = { by: visitorOf(visit).name, now: visit.now };
  if (!(await visit.catalogue.publishers.save(publisher, { ...facts, nextAction, nextActionOn }, by)))
    return publisherFormPage(visit, { publisher: await publisherAt(visit), typed, isConflict: true });
  await noteAgreement(visit, publisher.publisherId, publisher, facts);
  const fields = changedFields(publisher, facts);
  return {
    message: `C’est enregistré.${stageHint(publisher, facts)}${licenceHint(publisher, facts)}`,
    to: `/producteurs/${publisher.publisherId}`,
    subject: subjectOf(publisher),
    details: { name: facts.name, fields },
  };
});

/** Logs a new or changed agreement with its licence and day, without the name of the person who gave it. */
async function noteAgreement(visit: Visit, publisherId: string, before: FormFacts | null, after: FormFacts): Promise<void> {
  const { licence, agreedOn, agreementDocument } = after;
  const isSame =
    (before?.licence ?? null) === licence &&
    (before?.agreedOn ?? null) === agreedOn &&
    (before?.agreementDocument ?? null) === agreementDocument;
  if (isSame) return;
  const entry = { at: visit.now, kind: "agreement", by: visitorOf(visit).name, details: { licence, agreedOn } } as const;
  await visit.catalogue.exchanges.add(publisherId, entry);
}

/** Suggests the stage « accord » if the edit adds a licence. */
function stageHint({ stage, licence }: StoredPublisher, facts: FormFacts): string {
  const isBefore = stage === "spotted" || stage === "contacted" || stage === "talking";
  return isBefore && licence === null && facts.licence !== null ? french` Passez aussi le producteur à l’étape « accord ».` : "";
}

/** Warns if the new licence keeps the publisher out of the open data. */
function licenceHint(before: FormFacts, { licence }: FormFacts): string {
  const isClosed = licence !== null && ![...openLicences].some((one) => one === licence);
  return isClosed && licence !== before.licence
    ? " Sous cette licence, rien de ce producteur ne sera en données ouvertes, sauf sur une base de réutilisation confirmée."
    : "";
}

/** Returns the names of the changed fields. Their values may be personal data. */
function changedFields(before: FormFacts, after: FormFacts): string[] {
  return (Object.keys(after) as (keyof FormFacts)[]).filter((field) => before[field] !== after[field]);
}

export const publisherEdits = [newForm, add, editForm, save] as const;

/** Records the policy for people's data of a publisher. */
export const peopleAct = actRoute("/producteurs/:producteur/personnes", { who: "bizdev", act: "publisher.people" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const policy = peoplePolicies.find((known) => known === form.text("personnes"));
  const why = form.text("raison");
  const problems = {
    ...(policy === undefined && { personnes: "Choisissez ce qui est montré." }),
    ...((why === "" || [...why].length > maxWhy) && { raison: `Dites pourquoi, en ${maxWhy} caractères au plus.` }),
  };
  if (policy === undefined || Object.keys(problems).length > 0) return pageOf(visit, publisher, { typed: { raison: why }, problems });
  await visit.catalogue.peoplePolicies.record(publisher.publisherId, { policy, why, by: visitorOf(visit).name }, visit.now);
  return {
    message: "Le choix est noté : notre site et les prochaines lettres le suivent.",
    to: `/producteurs/${publisher.publisherId}`,
    subject: subjectOf(publisher),
    details: { name: publisher.name, policy },
  };
});

/** Returns a hint about the new stage, or "". */
async function hintOf({ catalogue }: Visit, publisher: StoredPublisher): Promise<string> {
  if (publisher.stage === "agreed" && publisher.licence === null) return " Notez la licence convenue : c’est elle qui permet l’export.";
  await catalogue.search.catchUp();
  const activity = (await catalogue.publisherListing.activity()).find(({ publisherId }) => publisherId === publisher.publisherId);
  const doubt = activity === undefined ? null : doubtOf(publisher, activity);
  if (doubt === "empty") return " Aucune de ses aides n’est pourtant publiée : la liste et la couverture le disent.";
  return doubt === "stopped" ? " Des aides de ce producteur restent en ligne : voyez ci-dessous ce qui sort encore." : "";
}

/** Returns sentences that say who changed the stage meanwhile. */
async function movedSentence({ catalogue }: Visit, { publisherId, stage }: StoredPublisher): Promise<string> {
  const last = (await catalogue.exchanges.list(publisherId)).find(({ kind, details }) => kind === "stage" && details.to === stage);
  const what =
    last === undefined
      ? french`Ce producteur est à l'étape « ${publisherStageLabel(stage)} ».`
      : french`${last.by} a changé l'étape entre-temps, le ${formatDateTime(last.at)}. ${exchangeSentence("stage", last.details) ?? ""}`;
  return french`${what} Votre choix n'est pas enregistré : il reste dans le formulaire ; changez l'étape à nouveau pour le garder.`;
}

/** Changes the stage of a publisher. The log records the former stage. */
export const stageAct = actRoute("/producteurs/:producteur/etape", { who: "bizdev", act: "publisher.stage" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const stage = publisherStages.find((known) => known === form.text("etape"));
  if (stage === undefined) throw new CannotDo("Cette étape n’existe pas.");
  const to = `/producteurs/${publisher.publisherId}`;
  if (stage === publisher.stage) return { to };
  const by = { by: visitorOf(visit).name, now: visit.now, from: publisher.stage };
  const isMoved = form.text("etait") === publisher.stage && (await visit.catalogue.publishers.moveTo(publisher.publisherId, stage, by));
  if (!isMoved) {
    const now = await publisherAt(visit);
    return pageOf(visit, now, { typed: { etape: stage }, problems: {}, moved: await movedSentence(visit, now) });
  }
  const hint = await hintOf(visit, { ...publisher, stage });
  return {
    message: french`Le producteur est à l'étape « ${publisherStageLabel(stage)} ».${hint}`,
    to,
    subject: subjectOf(publisher),
    details: { name: publisher.name, was: publisherStageLabel(publisher.stage), stage: publisherStageLabel(stage) },
  };
});
