import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { publisherOf } from "../../../registry/survey/publisher-of.ts";
import { FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { agreementProblem, publisherFields, territoryText } from "../../forms/publisher-fields.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { answersOf } from "./draft-steps.ts";
import { RevisionField, stepRoutes, withStepDone } from "./open-draft.tsx";
import { stepPage } from "./step-frame.tsx";

const { nom, nature, territoire, site, licence, accord } = publisherFields;
const connectorName = {
  label: "Nom du connecteur",
  hint: "Comment il s’appellera dans les listes. Ne change plus ensuite.",
  maxLength: 300,
  required: "Donnez un nom au connecteur.",
  read: (text: string) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)
      ? text
      : new Invalid("Des mots en minuscules sans accent, reliés par des tirets : « region-bretagne »."),
};
const fields = {
  nom: { ...nom, hint: "Tel que le catalogue doit le montrer." },
  nature,
  territoire,
  site,
  licence: {
    ...licence,
    hint: "Telle qu’elle est écrite quelque part, jamais devinée. Sans licence connue, ses aides ne sortent en données ouvertes que si une base de réutilisation est confirmée.",
  },
  accord,
  contact: {
    label: "Contact chez le producteur",
    hint: "À qui écrire quand ses données posent question. Gardé ici, jamais dans un fichier ni un export.",
    maxLength: 700,
  },
  connecteur: connectorName,
};

/** The first step of a draft: its publisher. */
export const publisherStep = stepRoutes({
  step: "producteur",
  act: "draft.publisher",
  show: async (visit, draft) => show(visit, draft, await typedOf(visit, draft), {}),
  async save(visit, draft, form) {
    const { catalogue } = visit;
    const taken = draft.connector === null ? await connectorNames(visit) : new Set();
    const { typed, values, problems } = readFields(fields, form, (given) => ({
      ...agreementProblem(given),
      ...(taken.has(given.connecteur) && {
        connecteur: "Un connecteur porte déjà ce nom : ajoutez ce qui distingue ce flux (« region-bretagne-appels »).",
      }),
    }));
    if (values === null) return show(visit, draft, typed, problems);
    const siren = (await catalogue.publishers.findByDraft(draft.draftId))?.siren ?? null;
    const publisher = {
      name: values.nom,
      kind: values.nature,
      territory: `${values.territoire.scale}:${values.territoire.code}`,
      licence: values.licence,
      agreement: values.accord,
      contact: values.contact,
      id: values.connecteur,
      ...(values.site !== "" && { website: values.site }),
      ...(siren !== null && { siren }),
    };
    return { answers: { ...withStepDone(draft, "producteur", {}), publisher }, title: publisher.name };
  },
});

function show(visit: Visit, draft: Draft, typed: Typed<typeof fields>, problems: FormProblems): Page {
  const shown = { ...fields, connecteur: { ...connectorName, isReadOnly: draft.connector !== null } };
  return stepPage(
    draft,
    "producteur",
    <>
      <Problems problems={problems} />
      <ActForm action={`/brouillons/${draft.draftId}/producteur`} csrf={visit.csrf}>
        <RevisionField draft={draft} />
        <FormFields fields={shown} typed={typed} problems={problems} />
        <button class="fr-btn" type="submit">
          Enregistrer et continuer
        </button>
      </ActForm>
    </>,
    formStatus(problems),
  );
}

/** Returns the form values: the saved answers, the facts of the draft's publisher, or a guess from the draft's name. */
async function typedOf(visit: Visit, draft: Draft): Promise<Typed<typeof fields>> {
  const { publisher } = answersOf(draft);
  if (publisher !== undefined) {
    const { name, kind, territory, website = "", licence, agreement, contact, id } = publisher;
    const territoire = territoryInWords(territory);
    return { nom: name, nature: kind, territoire, site: website, licence, accord: agreement, contact, connecteur: id };
  }
  const connecteur = await freeName(visit, connectorNameOf(draft.title));
  const known = await visit.catalogue.publishers.findByDraft(draft.draftId);
  if (known !== null) return { ...typedOfStored(known), contact: await contactText(visit, known), connecteur };
  const found = publisherOf(connecteur, { name: draft.title });
  const guess = "publisher" in found ? found : null;
  return {
    nom: draft.title,
    nature: guess?.publisher.kind ?? "any",
    territoire: guess?.territory ? territoryText(guess.territory) : "",
    site: "",
    licence: "unknown",
    accord: "",
    contact: "",
    connecteur,
  };
}

function typedOfStored({ name, kind, territory, website, licence, agreedOn, agreementDocument }: StoredPublisher) {
  const accord = licence === "agreement" ? (agreementDocument ?? agreedOn ?? "") : "";
  const known = { nom: name, nature: kind, territoire: territoryInWords(territory), site: website ?? "" };
  return { ...known, licence: licence ?? "unknown", accord };
}

/** Returns the first contact as text, or "". Contacts who receive letters come first. */
async function contactText({ catalogue }: Visit, { publisherId }: StoredPublisher): Promise<string> {
  const [contact] = await catalogue.contacts.list(publisherId);
  if (contact === undefined) return "";
  return [contact.name, contact.role, contact.email ?? contact.phone].filter((part) => part !== null).join(", ");
}

/** Returns `region-bretagne` for `Région Bretagne`. */
function connectorNameOf(name: string): string {
  const words = foldTerm(name).replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^[^a-z]+|-+$/g, "").slice(0, 60);
}

/** Adds a number to the wanted name if another connector has it. */
async function freeName(visit: Visit, wanted: string): Promise<string> {
  const taken = await connectorNames(visit);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}

async function connectorNames({ console: { jobs } }: Visit): Promise<ReadonlySet<unknown>> {
  return new Set((await jobs.connectors()).map(({ definition: { id } }) => id));
}
