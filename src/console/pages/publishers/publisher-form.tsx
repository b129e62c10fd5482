import type { Child } from "hono/jsx";
import type { PublisherFacts, StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { openLicences } from "../../../model/aid/open-data.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { samePublisher } from "../../../partners/publishers-of-connectors.ts";
import {
  FormFields,
  type FormProblems,
  formStatus,
  Invalid,
  optionalChoice,
  readFields,
  type Typed,
  textLabel,
} from "../../forms/form.tsx";
import { publisherFields } from "../../forms/publisher-fields.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, type Choice, SubmitButton } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { actRoute, type Form, type Page, pageRoute } from "../../route.ts";
import { actorOf, type Visit, visitorOf } from "../../visit.ts";
import { peopleInCharge } from "./person-in-charge.tsx";
import { breadcrumbOf, publisherAct, publisherAt, subjectOf } from "./publisher-at.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

/** The facts that the form edits: all except the next action. */
type FormFacts = Omit<PublisherFacts, "nextAction" | "nextActionOn">;
/** Checkbox that confirms that a similar publisher is a different one. */
const differentField = "autre";

const { nom, siren, nature, territoire, site, licence } = publisherFields;
const { required: _, ...optionalTerritory } = territoire;

const identity = {
  nom,
  nature: { ...nature, emptyLabel: "À choisir" },
  territoire: { ...optionalTerritory, read: (text: string) => (text === "" ? null : territoire.read(text)) },
  siren,
  site,
};
const agreement = {
  licence: {
    ...optionalChoice(licence, "Rien n’est convenu"),
    label: "Licence convenue",
    hint: french`Telle que le producteur l’a acceptée, jamais devinée. « Inconnue » ou « Accord particulier » : ses aides seront sur le site, et rien ne sera en données ouvertes, sauf sur une base de réutilisation confirmée.`,
  },
  "accord-jour": { label: "Accord donné le", type: "date", maxLength: 10, read: readDay },
  "accord-par": {
    label: "Accord donné par",
    hint: "Qui a dit oui chez le producteur. N’est montré qu’aux partenariats, et dans aucun export.",
    maxLength: 200,
  },
  "accord-document": {
    label: "Document de l’accord",
    hint: "Une adresse, ou la référence d’une délibération, d’une convention, d’un message.",
    maxLength: 500,
  },
} as const;

function readDay(text: string): string | Invalid {
  return text === "" || isDay(text) ? text : new Invalid("Cette date n’existe pas : écrivez-la comme 2026-12-31.");
}

/** Returns the field of the person in charge. Its choices include the current person, even without the role for it. */
async function personField(visit: Visit, publisher: StoredPublisher | null) {
  const people = await peopleInCharge(visit);
  const current = publisher?.personInCharge ?? null;
  const isListed = current === null || people.some(({ value }) => value === current);
  const name = isListed ? "" : ((await visit.catalogue.people.find(current))?.name ?? "compte supprimé");
  const choices: readonly Choice[] = isListed
    ? people
    : [...people, { value: current, label: french`${name} (ne suit plus de producteur)` }];
  const read = (text: string) =>
    text === "" || choices.some(({ value }) => value === text) ? text : new Invalid("Cette personne ne suit plus de producteur.");
  return { responsable: { label: "Suivi par", choices, emptyLabel: "Personne", maxLength: 40, read } };
}

async function fieldsOf(visit: Visit, publisher: StoredPublisher | null) {
  return { ...identity, ...(await personField(visit, publisher)), ...agreement };
}

type TypedPublisher = Typed<Awaited<ReturnType<typeof fieldsOf>>>;

/** Converts the facts, or null for a new publisher, to values of the form. */
function typedOf(facts: FormFacts | null): TypedPublisher {
  return {
    nom: facts?.name ?? "",
    siren: facts?.siren ?? "",
    nature: facts?.kind ?? "",
    territoire: territoryInWords(facts?.territory ?? null),
    site: facts?.website ?? "",
    responsable: facts?.personInCharge ?? "",
    licence: facts?.licence ?? "",
    "accord-jour": facts?.agreedOn ?? "",
    "accord-par": facts?.agreedBy ?? "",
    "accord-document": facts?.agreementDocument ?? "",
  };
}

/** Reads the form of a publisher; `facts` is null if there is a problem. */
async function readPublisherForm(
  visit: Visit,
  publisher: StoredPublisher | null,
  form: Form,
): Promise<{ readonly typed: TypedPublisher; readonly facts: FormFacts | null; readonly problems: FormProblems }> {
  const { typed, values, problems } = readFields(await fieldsOf(visit, publisher), form);
  if (values === null) return { typed, facts: null, problems };
  const facts: FormFacts = {
    name: values.nom,
    siren: values.siren || null,
    kind: values.nature,
    territory: values.territoire === null ? null : `${values.territoire.scale}:${values.territoire.code}`,
    website: values.site || null,
    personInCharge: values.responsable || null,
    licence: values.licence,
    agreedOn: values["accord-jour"] || null,
    agreedBy: values["accord-par"] || null,
    agreementDocument: values["accord-document"] || null,
  };
  return { typed, facts, problems };
}

/** Returns the page with the form. `isConflict`: somebody saved the publisher meanwhile; `similar`: a publisher that seems to be the same. */
async function publisherFormPage(
  visit: Visit,
  given: {
    readonly publisher: StoredPublisher | null;
    readonly typed: TypedPublisher;
    readonly problems?: FormProblems;
    readonly isConflict?: boolean;
    readonly similar?: StoredPublisher;
  },
): Promise<Page> {
  const { publisher, typed, problems = {}, isConflict = false, similar } = given;
  const fields = await fieldsOf(visit, publisher);
  const title = publisher === null ? "Ajouter un producteur" : "Modifier le producteur";
  const back = publisher === null ? "/producteurs" : `/producteurs/${publisher.publisherId}`;
  return {
    title,
    breadcrumb: publisher === null ? [{ title: "Producteurs", href: "/producteurs" }] : breadcrumbOf(publisher),
    status: similar !== undefined && !isConflict ? 422 : formStatus(problems, isConflict),
    content: (
      <>
        <h1>{publisher === null ? title : french`Modifier ${publisher.name}`}</h1>
        {isConflict && publisher !== null && <Conflict publisher={publisher} typed={typed} fields={fields} />}
        <Problems problems={problems} />
        {similar !== undefined && <Similar publisher={similar} />}
        <ActForm action={publisher === null ? "/producteurs/nouveau" : `${back}/modifier`} csrf={visit.csrf} class="moisson-narrow">
          {publisher !== null && <input type="hidden" name="revision" value={String(publisher.revision)} />}
          <h2>Qui il est</h2>
          <FormFields fields={{ ...identity, responsable: fields.responsable }} typed={typed} problems={problems} />
          <h2>Ce qui est convenu</h2>
          <FormFields fields={agreement} typed={typed} problems={problems} />
          {similar !== undefined && (
            <Checkboxes
              name={differentField}
              label="Ce producteur ressemble à un autre"
              choices={[{ value: "oui", label: french`Ce n'est pas ${similar.name}` }]}
              values={[]}
            />
          )}
          <SubmitButton label="Enregistrer" /> <ButtonLink kind="secondary" href={back} label="Annuler" />
        </ActForm>
      </>
    ),
  };
}

/** Asks for confirmation, because nobody can remove a publisher that was added twice. */
function Similar({ publisher: { publisherId, name, siren, territory } }: { readonly publisher: StoredPublisher }): Child {
  const about = [territoryInWords(territory), siren === null ? "" : `SIREN ${siren}`].filter((text) => text !== "").join(", ");
  return (
    <Alert kind="warning" title="Ce producteur est sans doute déjà dans la liste" level={2} isAnnounced>
      <p>
        <a href={`/producteurs/${publisherId}`}>{name}</a>
        {about === "" ? "" : french` – ${about}`}
        {french`. Si c'est un autre, cochez la case au bas du formulaire, puis enregistrez à nouveau.`}
      </p>
    </Alert>
  );
}

/** Lists the saved values that differ from the typed ones. Saving again overwrites them. */
function Conflict(given: {
  readonly publisher: StoredPublisher;
  readonly typed: TypedPublisher;
  readonly fields: Awaited<ReturnType<typeof fieldsOf>>;
}): Child {
  const { publisher, typed, fields } = given;
  const saved = typedOf(publisher);
  const differing = (Object.keys(saved) as (keyof TypedPublisher)[]).filter((name) => saved[name] !== typed[name]);
  return (
    <Alert kind="warning" title={french`${publisher.updatedBy} a enregistré ce producteur entre-temps`} level={2} isAnnounced>
      <p>{french`Le ${formatDateTime(publisher.updatedAt)}. Rien de ce que vous avez saisi n'est perdu : relisez, puis enregistrez à nouveau.`}</p>
      {differing.length === 0 ? (
        <p>Ce qui est enregistré est ce que vous avez saisi.</p>
      ) : (
        <List items={differing.map((name) => french`${fields[name].label}, tel qu'enregistré : ${textLabel(fields[name], saved[name])}`)} />
      )}
    </Alert>
  );
}

const newForm = pageRoute("/producteurs/nouveau", "bizdev", (visit) => publisherFormPage(visit, { publisher: null, typed: typedOf(null) }));

const add = actRoute("/producteurs/nouveau", { who: "bizdev", act: "publisher.add" }, async (visit, form) => {
  const { typed, facts, problems } = await readPublisherForm(visit, null, form);
  if (facts === null) return publisherFormPage(visit, { publisher: null, typed, problems });
  const added = await visit.catalogue.publishers.addUnless(
    { ...facts, nextAction: null, nextActionOn: null },
    actorOf(visit),
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

const editForm = pageRoute("/producteurs/:producteur/modifier", "bizdev", async (visit) => {
  const publisher = await publisherAt(visit);
  return publisherFormPage(visit, { publisher, typed: typedOf(publisher) });
});

/** Saves the changed facts of a publisher. */
export const publisherEdit = publisherAct("modifier", "publisher.edit", async (visit, publisher, form) => {
  const { typed, facts, problems } = await readPublisherForm(visit, publisher, form);
  if (form.text("revision") !== String(publisher.revision)) return publisherFormPage(visit, { publisher, typed, isConflict: true });
  if (facts === null) return publisherFormPage(visit, { publisher, typed, problems });
  const similar = similarPublisher(form, publisher, facts, await visit.catalogue.publishers.list());
  if (similar !== null) return publisherFormPage(visit, { publisher, typed, similar });
  const { nextAction, nextActionOn } = publisher;
  if (!(await visit.catalogue.publishers.save(publisher, { ...facts, nextAction, nextActionOn }, actorOf(visit))))
    return publisherFormPage(visit, { publisher: await publisherAt(visit), typed, isConflict: true });
  await noteAgreement(visit, publisher.publisherId, publisher, facts);
  const fields = changedFields(publisher, facts);
  return {
    message: `C’est enregistré.${stageHint(publisher, facts)}${licenceHint(publisher, facts)}`,
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

export const publisherForms = [newForm, add, editForm] as const;
