import type { StoredPublisher } from "../../../catalogue/publisher-repository.ts";
import { inTurn } from "../../in-turn.ts";
import type { ActRoute, PageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { peopleInCharge } from "./people-in-charge.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { type FormFacts, readFacts, readWritten, writtenOf } from "./publisher-form.ts";
import { publisherFormPage } from "./publisher-form-page.tsx";

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
    return inTurn(`publisher ${visitorOf(visit).personId}`, async () => {
      const same = await addedBefore(visit, facts);
      if (same !== null) return { to: `/producteurs/${same.publisherId}` };
      const by = { by: visitorOf(visit).name, now: visit.now };
      const publisherId = await visit.catalogue.publishers.add({ ...facts, nextAction: null, nextActionOn: null }, by);
      await noteAgreement(visit, publisherId, null, facts);
      return {
        said: "Le producteur est ajouté.",
        to: `/producteurs/${publisherId}`,
        subject: subjectOf({ publisherId }),
        details: { name: facts.name },
      };
    });
  },
};

/** A form that comes again so soon was sent twice: nobody can take a publisher out. */
const twiceWithinMs = 60_000;

/** The publisher that a form which was sent twice has added already; null where it has not. */
async function addedBefore(visit: Visit, { name, kind, territory }: FormFacts): Promise<StoredPublisher | null> {
  const since = visit.now.getTime() - twiceWithinMs;
  const same = (await visit.catalogue.publishers.all()).find(
    (one) =>
      one.name === name &&
      one.kind === kind &&
      one.territory === territory &&
      one.createdBy === visitorOf(visit).name &&
      one.createdAt.getTime() >= since,
  );
  return same ?? null;
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
    const { nextAction, nextActionOn } = publisher;
    const by = { by: visitorOf(visit).name, now: visit.now };
    if (!(await visit.catalogue.publishers.save(publisher, { ...facts, nextAction, nextActionOn }, by)))
      return publisherFormPage(visit, { publisher: await publisherAt(visit), written, moved: true });
    await noteAgreement(visit, publisher.publisherId, publisher, facts);
    const fields = changedFields(publisher, facts);
    return {
      said: "C’est enregistré.",
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

/** Names of what was changed: the values may be people's. */
function changedFields(before: FormFacts, after: FormFacts): string[] {
  return (Object.keys(after) as (keyof FormFacts)[]).filter((field) => before[field] !== after[field]);
}

/** The forms of a publisher: a new one, another word on one. */
export const publisherEdits = [newForm, add, editForm, save] as const;
