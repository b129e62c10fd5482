import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../../curation/decide-edit.ts";
import { fieldName } from "../../../french/fields.ts";
import { french } from "../../../french/typography.ts";
import { type AidField, fieldsWhere } from "../../../model/aid/field-table.ts";
import { AidForm } from "../../curation/aid-form.tsx";
import { type ReadAidForm, readAidForm } from "../../curation/read-aid-form.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";
import { done, planAct, plannedOr } from "./publisher-acts.ts";
import { shownToPublisher } from "./shown-aid.ts";
import { spacePage } from "./space-frame.tsx";

const correctable = fieldsWhere(({ isCorrectable }) => isCorrectable === true);

interface Again extends Pick<ReadAidForm, "typed" | "problems"> {
  readonly hasMoved?: boolean;
}

/** The form in which a publisher corrects an aid. `again`: a form that was not saved. */
export async function correctPage(visit: Visit, acting: ActingPublisher, stored: CuratedAid, again: Again | null = null): Promise<Page> {
  const { aid, content, cleaned } = await shownToPublisher(visit.catalogue, stored);
  const path = `${acting.base}/aides/${stored.aidId}`;
  return spacePage(visit, acting, {
    title: "Corriger une fiche",
    status: again === null ? 200 : again.hasMoved === true ? 409 : 422,
    at: "/aides",
    content: (
      <>
        <h1 class="fr-mb-1w">Corriger une fiche</h1>
        <p class="fr-text--lead">
          <AidText text={content.name} language={content.language} />
        </p>
        <p>{howItGoes(acting)}</p>
        {again?.hasMoved === true && (
          <Alert kind="warning" isAnnounced>
            <p>{french`Cette fiche a changé pendant que vous écriviez. Relisez votre correction, puis envoyez-la à nouveau.`}</p>
          </Alert>
        )}
        {again !== null && <Problems problems={again.problems} />}
        <ActForm action={`${path}/corriger`} csrf={visit.csrf} class="moisson-narrow">
          <AidForm
            aid={aid}
            fields={correctable}
            {...(again !== null && { typed: again.typed, problems: again.problems })}
            beside={(field) => <CleanedNote isCleaned={cleaned.has(field)} />}
          />
          <SubmitOrLeave label="Envoyer la correction" leaveLabel="Renoncer" leaveHref={path} class="fr-mt-3w" />
        </ActForm>
      </>
    ),
  });
}

/** Tells whether a correction waits for us. */
function howItGoes({ isDirect }: ActingPublisher): string {
  return isDirect
    ? french`Votre correction est reprise dans la minute. Elle l'emporte sur votre flux, jusqu'à ce que vous le corrigiez.`
    : french`Nous relisons votre correction, puis elle remplace ce que dit votre flux. Pensez à corriger aussi la source.`;
}

function CleanedNote({ isCleaned }: { readonly isCleaned: boolean }): Child {
  if (!isCleaned) return null;
  return <p class="moisson-mention">{french`Le nom d'une personne n'est pas montré ici. Ce que vous écrivez remplace tout le champ.`}</p>;
}

/** Stores the correction, or shows the form again with its mistakes. */
export async function performCorrection(visit: Visit, acting: ActingPublisher, stored: CuratedAid, form: Form): Promise<Done | Page> {
  const read = readAidForm(form);
  if (Object.keys(read.problems).length > 0) return correctPage(visit, acting, stored, read);
  const values = Object.fromEntries(Object.entries(read.values).filter(([field]) => correctable.includes(field as AidField)));
  if (Object.keys(values).length === 0) throw new CannotDo("Vous n’avez rien changé à cette fiche.");
  if (read.revision !== stored.revision) return correctPage(visit, acting, stored, { ...read, hasMoved: true });
  const { content } = await shownToPublisher(visit.catalogue, stored);
  const corrected = Object.keys(values) as AidField[];
  const fields = corrected.join(", ");
  const acts = await planAct(visit, acting, [stored], {
    asked: { act: "edit", fields, title: content.name },
    isDirect: acting.isDirect,
    decide: (each, curator) => decideEdit(each, { values, withdrawn: [] }, curator),
  });
  return done(visit, acting, "edit", {
    message: french`Merci, votre correction nous est parvenue (${corrected.map(fieldName).join(", ")}). ${howItGoes(acting)}`,
    to: `${acting.base}/aides/${stored.aidId}`,
    details: { plan: plannedOr("Cette fiche ne change pas.", acts).planId, fields },
  });
}
