import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherKindWord } from "../../../french/publishers.ts";
import { french } from "../../../french/typography.ts";
import { publisherKinds } from "../../../kit/definition.ts";
import { labelOf, slugsOf } from "../../../model/vocabularies.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, type Choice, Select, TextField } from "../../parts/form.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { peopleInCharge } from "./people-in-charge.ts";
import { breadcrumbOf } from "./publisher-at.ts";
import { longest, type PublisherField, publisherFields, type WrittenPublisher, writtenOf } from "./publisher-form.ts";
import { territoryInWords } from "./read-publisher-rows.ts";

/** What the form is shown with. `publisher`: null, where it is to be; `moved`: somebody has saved since the form was opened; `alike`: is listed, and seems to be the same. */
interface FormGiven {
  readonly publisher: StoredPublisher | null;
  readonly written: WrittenPublisher;
  readonly problems?: Readonly<Record<string, string>>;
  readonly moved?: boolean;
  readonly alike?: StoredPublisher;
}

/** Field of the form that says that the publisher is another than the one that seems to be the same. */
export const otherField = "autre";

const labels: Readonly<Record<PublisherField, string>> = {
  nom: "Nom",
  siren: "SIREN",
  nature: "Nature",
  territoire: "Territoire",
  site: "Site",
  responsable: "Suivi par",
  licence: "Licence convenue",
  "accord-jour": "Accord donné le",
  "accord-par": "Accord donné par",
  "accord-document": "Document de l’accord",
};
const licences: readonly Choice[] = slugsOf("importShareLicence").map((value) => ({ value, label: labelOf("importShareLicence", value) }));
const kinds: readonly Choice[] = publisherKinds.map((value) => ({ value, label: publisherKindWord(value) }));

/** The form of a publisher: what it is, who follows it, what was agreed. */
export async function publisherFormPage(visit: Visit, given: FormGiven): Promise<Page> {
  const { publisher, written, problems = {}, moved = false, alike } = given;
  const people = await choicesInCharge(visit, publisher);
  const title = publisher === null ? "Ajouter un producteur" : "Modifier le producteur";
  const back = publisher === null ? "/producteurs" : `/producteurs/${publisher.publisherId}`;
  const text = (name: PublisherField, more: { readonly hint?: string; readonly type?: "url" | "date" } = {}) => (
    <TextField
      name={name}
      label={labels[name]}
      value={written[name]}
      problem={problems[name]}
      maxlength={longest[name]}
      required={false}
      {...more}
    />
  );
  return {
    title,
    breadcrumb: publisher === null ? [{ title: "Producteurs", href: "/producteurs" }] : breadcrumbOf(publisher),
    status: moved ? 409 : alike !== undefined || Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{publisher === null ? title : french`Modifier ${publisher.name}`}</h1>
        {moved && publisher !== null && <Moved publisher={publisher} written={written} people={people} />}
        <Problems problems={problems} />
        {alike !== undefined && <Alike publisher={alike} />}
        <ActForm action={publisher === null ? "/producteurs/nouveau" : `${back}/modifier`} csrf={visit.csrf} class="moisson-narrow">
          {publisher !== null && <input type="hidden" name="revision" value={String(publisher.revision)} />}
          <h2>Qui il est</h2>
          <TextField name="nom" label={labels.nom} value={written.nom} problem={problems.nom} required maxlength={longest.nom} />
          <Select
            name="nature"
            label={labels.nature}
            choices={kinds}
            value={written.nature}
            problem={problems.nature}
            empty="À choisir"
            required
          />
          {text("territoire", { hint: "« Bretagne », « Drôme (département, 26) », « France »." })}
          {text("siren", { hint: "Neuf chiffres." })}
          {text("site", { type: "url" })}
          <Select
            name="responsable"
            label={labels.responsable}
            choices={people}
            value={written.responsable}
            problem={problems.responsable}
            empty="Personne"
          />
          <h2>Ce qui est convenu</h2>
          <Select
            name="licence"
            label={labels.licence}
            hint="Telle que le producteur l’a acceptée, jamais devinée. « Inconnue » ou « Accord particulier » : ses aides seront sur le site, et rien ne sera en données ouvertes."
            choices={licences}
            value={written.licence}
            problem={problems.licence}
            empty="Rien n’est convenu"
          />
          {text("accord-jour", { type: "date" })}
          {text("accord-par", { hint: "Qui a dit oui chez le producteur. N’est montré qu’aux partenariats, et dans aucun export." })}
          {text("accord-document", { hint: "Une adresse, ou la référence d’une délibération, d’une convention, d’un message." })}
          {alike !== undefined && (
            <Checkboxes
              name={otherField}
              label="Ce producteur ressemble à un autre"
              choices={[{ value: "oui", label: french`Ce n'est pas ${alike.name}` }]}
              values={[]}
            />
          )}
          <button class="fr-btn" type="submit">
            Enregistrer
          </button>{" "}
          <a class="fr-btn fr-btn--secondary" href={back}>
            Annuler
          </a>
        </ActForm>
      </>
    ),
  };
}

/** Who may be in charge, and who is, though it be somebody who may no more. */
async function choicesInCharge(visit: Visit, publisher: StoredPublisher | null): Promise<readonly Choice[]> {
  const people = await peopleInCharge(visit);
  const held = publisher?.personInCharge ?? null;
  if (held === null || people.some(({ value }) => value === held)) return people;
  const found = await visit.catalogue.people.find(held);
  return [...people, { value: held, label: french`${found?.name ?? "compte supprimé"} (ne suit plus de producteur)` }];
}

/** Nobody can take a publisher out: before it stands twice, it is asked. */
function Alike({ publisher: { publisherId, name, siren, territory } }: { readonly publisher: StoredPublisher }): Child {
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

/** What somebody else has saved that differs from what is typed: saving again takes what is typed. */
function Moved(given: {
  readonly publisher: StoredPublisher;
  readonly written: WrittenPublisher;
  readonly people: readonly Choice[];
}): Child {
  const { publisher, written, people } = given;
  const stored = writtenOf(publisher);
  const differing = publisherFields.filter((name) => stored[name] !== written[name]);
  const choices: Readonly<Partial<Record<PublisherField, readonly Choice[]>>> = { nature: kinds, licence: licences, responsable: people };
  const shown = (name: PublisherField) => choices[name]?.find(({ value }) => value === stored[name])?.label ?? (stored[name] || "rien");
  return (
    <Alert kind="warning" title={french`${publisher.updatedBy} a enregistré ce producteur entre-temps`} level={2} isAnnounced>
      <p>{french`Le ${formatDateTime(publisher.updatedAt)}. Rien de ce que vous avez saisi n'est perdu : relisez, puis enregistrez à nouveau.`}</p>
      {differing.length === 0 ? (
        <p>Ce qui est enregistré est ce que vous avez saisi.</p>
      ) : (
        <ul>
          {differing.map((name) => (
            <li>{french`${labels[name]}, tel qu'enregistré : ${shown(name)}`}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
