import type { Child } from "hono/jsx";
import type { PublisherFacts, StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { isDay } from "../../../model/text/is-day.ts";
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
import { formatDateTime } from "../../parts/time.ts";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { peopleInCharge } from "./person-in-charge.tsx";
import { breadcrumbOf } from "./publisher-at.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

/** The facts that the form edits: all except the next action. */
export type FormFacts = Omit<PublisherFacts, "nextAction" | "nextActionOn">;
/** Checkbox that confirms that a similar publisher is a different one. */
export const differentField = "autre";

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

export type TypedPublisher = Typed<Awaited<ReturnType<typeof fieldsOf>>>;

/** Converts the facts, or null for a new publisher, to values of the form. */
export function typedOf(facts: FormFacts | null): TypedPublisher {
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
export async function readPublisherForm(
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
export async function publisherFormPage(
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
          <SubmitButton label="Enregistrer" />{" "}
          <a class="fr-btn fr-btn--secondary" href={back}>
            Annuler
          </a>
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
        <ul>
          {differing.map((name) => (
            <li>{french`${fields[name].label}, tel qu'enregistré : ${textLabel(fields[name], saved[name])}`}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
