import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { StoredPublisher } from "../../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../../french/typography.ts";
import { connectorIdFor, connectorIds, freeConnectorId } from "../../../../jobs/connectors/connector-ids.ts";
import { publisherOf } from "../../../../survey/propose/publisher-of.ts";
import { Invalid } from "../../../forms/form.tsx";
import type { Visit } from "../../../visit.ts";
import { type EditedPublisher, typedOf, typedOfStored } from "../publisher-page.ts";
import { answersAt, proposeDraft, publisherOfAnswer } from "./analyse-draft.ts";
import { type DraftAnswers, doneWith } from "./draft-steps.ts";
import { editedDraft } from "./edited-draft.tsx";

const contact = {
  label: "Contact chez le producteur",
  hint: "À qui écrire quand ses données posent question. Gardé ici, jamais dans un fichier ni un export.",
  maxLength: 700,
};
const connecteur = {
  label: "Nom du connecteur",
  hint: "Comment il s’appellera dans les listes. Ne change plus ensuite.",
  maxLength: 300,
  required: "Donnez un nom au connecteur.",
  read: (text: string) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)
      ? text
      : new Invalid(french`Des mots en minuscules sans accent, reliés par des tirets : « region-bretagne ».`),
};

/** Returns the publisher of the draft of the path. */
export async function publisherOfDraft(visit: Visit): Promise<EditedPublisher> {
  const edited = await editedDraft(visit);
  const { draft, answers } = edited;
  const taken = draft.connector === null ? await connectorIds(visit.console.jobs) : new Set<string>();
  return {
    ...edited,
    moreFields: { contact, connecteur: { ...connecteur, isReadOnly: draft.connector !== null } },
    typed: answers.publisher === undefined ? await proposedTexts(visit, draft) : textsOf(answers.publisher),
    async typedAt(revision) {
      const publisher = answersAt(draft, revision)?.publisher;
      return publisher === undefined ? null : textsOf(publisher);
    },
    check: ({ connecteur: id = "" }) =>
      taken.has(id)
        ? { connecteur: french`Un connecteur porte déjà ce nom : ajoutez ce qui distingue ce flux (« region-bretagne-appels »).` }
        : {},
    async savePublisher({ territory, agreement = "", ...publisher }, more) {
      const answer = {
        ...publisher,
        territory: `${territory.scale}:${territory.code}`,
        agreement,
        contact: more.contact ?? "",
        id: more.connecteur ?? "",
      };
      const told = { ...doneWith(answers, "producteur"), publisher: answer };
      const whole = await proposeDraft(visit, { ...draft, answers: told as Draft["answers"] });
      return edited.keep({ answers: whole, title: publisher.name }, "/flux");
    },
  };
}

function textsOf(answer: NonNullable<DraftAnswers["publisher"]>) {
  return { ...typedOf(publisherOfAnswer(answer)), contact: answer.contact, connecteur: answer.id };
}

/** Returns the texts for a draft without a publisher: the facts of the publisher it was begun for, or a guess from the draft's name. */
async function proposedTexts(visit: Visit, draft: Draft) {
  const id = await freeConnectorId(visit.console.jobs, connectorIdFor(draft.title));
  const known = await visit.catalogue.publishers.findByDraft(draft.draftId);
  if (known !== null) {
    const { licence, agreedOn, agreementDocument } = known;
    const accord = licence === "agreement" ? (agreementDocument ?? agreedOn ?? "") : "";
    return { licence: "unknown", ...typedOfStored(known), accord, contact: await contactText(visit, known), connecteur: id };
  }
  const found = publisherOf(id, { name: draft.title });
  const empty = { nom: draft.title, siren: "", nature: "any", territoire: "", site: "", licence: "unknown", accord: "" };
  const guess =
    "publisher" in found ? { ...typedOf(found.publisher), ...(found.territory === null && { territoire: "" }), nom: draft.title } : empty;
  return { ...guess, contact: "", connecteur: id };
}

/** Returns the first contact as text, or "". Contacts who receive letters come first. */
async function contactText({ catalogue }: Visit, { publisherId }: StoredPublisher): Promise<string> {
  const [first] = await catalogue.contacts.list(publisherId);
  if (first === undefined) return "";
  return [first.name, first.role, first.email ?? first.phone].filter((part) => part !== null).join(", ");
}
