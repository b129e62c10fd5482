import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { outOfCatalogue } from "../../../curation/persons-change.ts";
import { objectionMessage } from "../../../french/objections.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { messageCookie } from "../../access/cookies.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { AidForm } from "../../curation/aid-form.tsx";
import { AidMoved, whatHappenedMeanwhile } from "../../curation/aid-moved.tsx";
import { type ReadAidForm, readAidForm, saveAidForm } from "../../curation/read-aid-form.ts";
import { AidName } from "../../parts/aid-text.tsx";
import { Problems } from "../../parts/alert.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActForm, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { actRoute, CannotDo, type Page, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { aidBreadcrumb, aidPath, doneWith } from "./perform-aid-act.ts";

/** Maximum size of the form: texts of all fields, as Markdown. One megabyte fits two or three long aids. */
const maxBytes = 4_000_000;

const form = pageRoute("/aides/:aide/corriger", "bizdev", async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const gone = outOfCatalogue(aid);
  if (gone !== null) throw new CannotDo(sentence(objectionMessage(gone)));
  return editPage(visit, aid);
});

const save = actRoute("/aides/:aide/corriger", { who: "bizdev", act: "aid.edit", maxBytes }, async (visit, sent) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const read = readAidForm(sent);
  const note = sent.text("note");
  const saved = await saveAidForm(visit, aid, read, note);
  if ("problems" in saved) return editPage(visit, aid, { read, note, status: 422 });
  if ("moved" in saved) return editPage(visit, saved.moved, { read, note, status: 409 });
  // A redirect without a subject leaves no act in the audit trail.
  if (saved.planId === null)
    return { to: aidPath(aid.aidId), cookies: [messageCookie(visit.console, french`Rien n’avait changé : rien n’a été enregistré.`)] };
  return doneWith(aid, saved.planId, "La correction est enregistrée.", saved.cautions);
});

async function editPage(
  visit: Visit,
  aid: CuratedAid,
  again?: { readonly read: ReadAidForm; readonly note: string; readonly status: 409 | 422 },
): Promise<Page> {
  const { read, note = "", status } = again ?? {};
  const meanwhile =
    read !== undefined && status === 409 ? whatHappenedMeanwhile(await visit.catalogue.history.list(aid.aidId), read) : null;
  return {
    title: "Corriger une aide",
    breadcrumb: aidBreadcrumb(aid),
    menuPath: "/aides",
    ...(status !== undefined && { status }),
    content: (
      <>
        <h1>Corriger une aide</h1>
        <p class="fr-text--lead">
          <AidName aid={aid} />
        </p>
        <p>Ce que dit le producteur reste connu sous chaque correction, et continue de suivre son flux.</p>
        {meanwhile !== null && <AidMoved aid={aid} meanwhile={meanwhile} />}
        {read !== undefined && <Problems problems={read.problems} />}
        <ActForm action={`/aides/${aid.aidId}/corriger`} csrf={visit.csrf}>
          <div class="moisson-parts">
            <AidForm
              aid={aid}
              {...(read !== undefined && { typed: read.typed, problems: read.problems })}
              beside={(field) => <PublishersValue aid={aid} field={field} />}
            />
          </div>
          <TextField name="note" label="Pourquoi" hint="Gardé dans l’histoire de l’aide." value={note} maxlength={1000} required={false} />
          <SubmitOrLeave label="Enregistrer" leaveLabel="Renoncer" leaveHref={aidPath(aid.aidId)} class="moisson-at-hand" />
        </ActForm>
      </>
    ),
  };
}

/** The form that edits all fields of an aid. */
export const editAidRoutes: readonly Route[] = [form, save];

/** The publisher's value of a field, if it differs from the value shown. */
function PublishersValue({ aid, field }: { readonly aid: CuratedAid; readonly field: AidField }): Child {
  const published = aid.imported[field];
  if (sameValue(field, published, shownValue(aid, field))) return null;
  return (
    <div class="moisson-beside">
      <p class="moisson-mention fr-mb-1v">
        {aid.proposals[field] === undefined ? french`Le producteur dit :` : french`Le producteur propose :`}
      </p>
      <FieldValue field={field} value={published} isShort language={aid.imported.language} />
    </div>
  );
}
