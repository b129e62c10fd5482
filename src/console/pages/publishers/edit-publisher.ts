import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { samePublisher } from "../../../partners/publishers-of-connectors.ts";
import { actRoute, type Form, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { differentField, type FormFacts, publisherFormPage, readPublisherForm, typedOf } from "./publisher-form.tsx";

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
  return isBefore && licence === null && facts.licence !== null ? " Passez aussi le producteur à l’étape « accord »." : "";
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
