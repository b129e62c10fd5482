import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { openLicences } from "../../../model/aid/open-licences.ts";
import { samePublisher } from "../../../partners/publishers-of-connectors.ts";
import type { ActRoute, Form, PageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { peopleInCharge } from "./people-in-charge.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { type FormFacts, readFacts, readWritten, writtenOf } from "./publisher-form.ts";
import { otherField, publisherFormPage } from "./publisher-form-page.tsx";

const path = "/producteurs/:producteur/modifier";

const newForm: PageRoute = {
  method: "get",
  path: "/producteurs/nouveau",
  who: "bizdev",
  answer: (visit) => publisherFormPage(visit, { publisher: null, written: writtenOf(null) }),
};

const add: ActRoute = {
  method: "post",
  path: "/producteurs/nouveau",
  who: "bizdev",
  act: "publisher.add",
  async perform(visit, form) {
    const written = readWritten(form);
    const { facts, problems } = readFacts(written, await idsInCharge(visit, null));
    if (facts === null) return publisherFormPage(visit, { publisher: null, written, problems });
    const by = { by: visitorOf(visit).name, now: visit.now };
    const added = await visit.catalogue.publishers.addUnless(
      { ...facts, nextAction: null, nextActionOn: null },
      by,
      (all) => all.find((one) => isSentTwice(visit, one, facts)) ?? alikeAlready(form, null, facts, all),
    );
    if ("found" in added) {
      if (isSentTwice(visit, added.found, facts)) return { to: `/producteurs/${added.found.publisherId}` };
      return publisherFormPage(visit, { publisher: null, written, alike: added.found });
    }
    const { publisherId } = added;
    await noteAgreement(visit, publisherId, null, facts);
    return {
      message: "Le producteur est ajouté.",
      to: `/producteurs/${publisherId}`,
      subject: subjectOf({ publisherId }),
      details: { name: facts.name },
    };
  },
};

/** What tells a publisher from others. */
const ownWords = ["name", "siren", "kind", "territory"] as const;

/** Who is listed and seems to be the same as what was typed; null where nobody is, where nothing of it was changed, or where the form says that it is somebody else. */
function alikeAlready(
  form: Form,
  before: StoredPublisher | null,
  facts: FormFacts,
  all: readonly StoredPublisher[],
): StoredPublisher | null {
  const isSame = before !== null && ownWords.every((name) => before[name] === facts[name]);
  if (isSame || form.has(otherField)) return null;
  return (
    samePublisher(
      facts,
      all.filter(({ publisherId }) => publisherId !== before?.publisherId),
    ) ?? null
  );
}

/** A form that comes again so soon was sent twice: nobody can take a publisher out. */
const twiceWithinMs = 60_000;

/** True for the publisher that a form which was sent twice has added already. */
function isSentTwice(visit: Visit, one: StoredPublisher, { name, kind, territory }: FormFacts): boolean {
  const isRecent = one.createdAt.getTime() >= visit.now.getTime() - twiceWithinMs;
  const isOurs = one.createdBy === visitorOf(visit).name;
  return isRecent && isOurs && one.name === name && one.kind === kind && one.territory === territory;
}

const editForm: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const publisher = await publisherAt(visit);
    return publisherFormPage(visit, { publisher, written: writtenOf(publisher) });
  },
};

const save: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "publisher.edit",
  async perform(visit, form) {
    const publisher = await publisherAt(visit);
    const written = readWritten(form);
    if (form.text("revision") !== String(publisher.revision)) return publisherFormPage(visit, { publisher, written, moved: true });
    const { facts, problems } = readFacts(written, await idsInCharge(visit, publisher));
    if (facts === null) return publisherFormPage(visit, { publisher, written, problems });
    const alike = alikeAlready(form, publisher, facts, await visit.catalogue.publishers.all());
    if (alike !== null) return publisherFormPage(visit, { publisher, written, alike });
    const { nextAction, nextActionOn } = publisher;
    const by = { by: visitorOf(visit).name, now: visit.now };
    if (!(await visit.catalogue.publishers.save(publisher, { ...facts, nextAction, nextActionOn }, by)))
      return publisherFormPage(visit, { publisher: await publisherAt(visit), written, moved: true });
    await noteAgreement(visit, publisher.publisherId, publisher, facts);
    const fields = changedFields(publisher, facts);
    return {
      message: `C’est enregistré.${stageHint(publisher, facts)}${licenceHint(publisher, facts)}`,
      to: `/producteurs/${publisher.publisherId}`,
      subject: subjectOf(publisher),
      details: { name: facts.name, fields },
    };
  },
};

/** Who may be in charge, and who is. */
async function idsInCharge(visit: Visit, publisher: StoredPublisher | null): Promise<ReadonlySet<string>> {
  const ids = (await peopleInCharge(visit)).map(({ value }) => value);
  return new Set(publisher?.personInCharge == null ? ids : [...ids, publisher.personInCharge]);
}

/** An agreement, or another one, stands in the log: its licence and its day, and not who gave it. */
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

/** What was agreed on is known, and the stage does not say so yet. */
function stageHint({ stage, licence }: StoredPublisher, facts: FormFacts): string {
  const isBefore = stage === "spotted" || stage === "contacted" || stage === "talking";
  return isBefore && licence === null && facts.licence !== null ? " Passez aussi le producteur à l’étape « accord »." : "";
}

/** What was agreed on now lets nothing into the open data. */
function licenceHint(before: FormFacts, { licence }: FormFacts): string {
  const isClosed = licence !== null && ![...openLicences].some((one) => one === licence);
  return isClosed && licence !== before.licence ? " Sous cette licence, rien de ce producteur ne sera en données ouvertes." : "";
}

/** Names of what was changed: the values may be people's. */
function changedFields(before: FormFacts, after: FormFacts): string[] {
  return (Object.keys(after) as (keyof FormFacts)[]).filter((field) => before[field] !== after[field]);
}

/** The forms of a publisher: a new one, another word on one. */
export const publisherEdits = [newForm, add, editForm, save] as const;
