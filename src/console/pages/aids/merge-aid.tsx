import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { decideMerge } from "../../../curation/decide-status.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { isEmptyValue } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { findAid, nameOf } from "../../curation/act-on-aid.ts";
import { formSections } from "../../curation/field-controls.ts";
import { AidName } from "../../parts/aid-text.tsx";
import { Difference } from "../../parts/diff.tsx";
import { ActForm, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { actRoute, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { MergeCandidates } from "./merge-candidates.tsx";
import { aidBreadcrumb, aidPath, performAidAct } from "./perform-aid-act.ts";

/** Lets the curator search for the aid that stays, then compares both side by side. */
const choose = pageRoute("/aides/:aide/fusionner", "bizdev", async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const chosen = visit.query.get("dans");
  const into = chosen === null ? null : await findAid(visit, chosen);
  return {
    title: "Fusionner une aide",
    breadcrumb: aidBreadcrumb(aid),
    menuPath: "/aides",
    content: (
      <>
        <h1>Fusionner une aide</h1>
        <p class="fr-text--lead">
          <AidName aid={aid} />
        </p>
        <p>
          {french`L'aide fusionnée quitte le site, n'est jamais recréée, et mène à celle qui reste. Si elle vient d'un autre connecteur, elle en devient une source : ses valeurs complètent celles qui manquent.`}
        </p>
        {into === null ? <MergeCandidates visit={visit} aid={aid} /> : <SideBySide visit={visit} aid={aid} into={into} />}
      </>
    ),
  };
});

const merge = actRoute("/aides/:aide/fusionner", { who: "bizdev", act: "aid.merge" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const into = await findAid(visit, form.text("dans"));
  return performAidAct(visit, aid, form, {
    kind: "merge",
    asked: { into: nameOf(into) },
    note: form.text("note"),
    done: "L’aide est fusionnée.",
    decide: (each, curator) => decideMerge(each, into, curator),
  });
});

function SideBySide({ visit, aid, into }: { readonly visit: Visit; readonly aid: CuratedAid; readonly into: CuratedAid }): Child {
  const fields = formSections.flatMap((part) => part.fields);
  const values = fields.map((field) => ({ field, own: shownValue(aid, field), others: shownValue(into, field) }));
  const differing = values.filter(({ field, own, others }) => !sameValue(field, own, others));
  const alike = values.filter(({ field, own, others }) => !isEmptyValue(own) && sameValue(field, own, others));
  return (
    <>
      <h2>
        Dans{" "}
        <a href={aidPath(into.aidId)}>
          <AidName aid={into} />
        </a>{" "}
        ({nameOf(into)})
      </h2>
      {differing.map(({ field, own, others }) => (
        <section class="fr-mb-3w">
          <h3 class="fr-h6 fr-mb-1w">{capitalize(fieldName(field))}</h3>
          <Difference
            field={field}
            before={own}
            after={others}
            titles={["Celle qui part", "Celle qui reste"]}
            language={into.imported.language}
          />
        </section>
      ))}
      {alike.length > 0 && <p class="moisson-mention">{french`Identiques : ${alike.map(({ field }) => fieldName(field)).join(", ")}.`}</p>}
      <ActForm action={`/aides/${aid.aidId}/fusionner`} csrf={visit.csrf} class="moisson-narrow">
        <input type="hidden" name="dans" value={into.aidId} />
        <input type="hidden" name="revision" value={String(aid.revision)} />
        <TextField name="note" label="Pourquoi" hint="Gardé dans l’histoire de l’aide." maxlength={1000} required={false} />
        <SubmitOrLeave label="Fusionner dans cette aide" leaveLabel="En choisir une autre" leaveHref={`/aides/${aid.aidId}/fusionner`} />
      </ActForm>
    </>
  );
}

/** Merge one aid into another. */
export const mergeAidRoutes: readonly Route[] = [choose, merge];
