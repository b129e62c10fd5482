import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { french } from "../../../french/typography.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { type FormProblems, formStatus } from "../../forms/form.tsx";
import { AidName } from "../../parts/aid-text.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, TextArea, TextField } from "../../parts/form-controls.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { type ActRoute, actRoute, type Form, type Page, type PageRoute, pageRoute, type Route } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { type StatusAct, statusActs } from "./aid-acts.tsx";
import { aidBreadcrumb, aidPath, performAidAct } from "./perform-aid-act.ts";

function confirmRoute(act: StatusAct): PageRoute {
  return pageRoute(`/aides/:aide/${act.slug}`, "bizdev", async (visit) => {
    return actPage(visit, await findAid(visit, param(visit, "aide")), act, { until: "", why: "" }, {});
  });
}

function performRoute(act: StatusAct): ActRoute {
  return actRoute(`/aides/:aide/${act.slug}`, { who: "bizdev", act: `aid.${act.kind}` }, async (visit, form) => {
    const aid = await findAid(visit, param(visit, "aide"));
    const input = { until: form.text("jusque"), why: form.text("raison") };
    const problems = problemsOf(act, form, parisDay(visit.now));
    if (Object.keys(problems).length > 0) return actPage(visit, aid, act, input, problems);
    return performAidAct(visit, aid, form, {
      kind: act.kind,
      asked: { ...(act.asksUntil && { until: input.until }), ...(act.asksWhy && { reason: input.why }) },
      note: input.why,
      done: act.done,
      decide: (each, curator) => act.decide(each, curator, input),
    });
  });
}

function problemsOf(act: StatusAct, form: Form, today: string): FormProblems {
  const until = form.text("jusque");
  const isToCome = isDay(until) && until > today;
  return {
    ...(act.asksUntil && !isToCome && { jusque: "Choisissez un jour à venir." }),
    ...(act.asksWhy && form.text("raison") === "" && { raison: french`Dites pourquoi : ce sera gardé avec l’aide.` }),
  };
}

function actPage(
  visit: Visit,
  aid: CuratedAid,
  act: StatusAct,
  input: { readonly until: string; readonly why: string },
  problems: FormProblems,
): Page {
  return {
    title: `${act.label} une aide`,
    breadcrumb: aidBreadcrumb(aid),
    menuPath: "/aides",
    status: formStatus(problems),
    content: (
      <div class="moisson-narrow">
        <h1>{`${act.label} une aide`}</h1>
        <p class="fr-text--lead">
          <AidName aid={aid} />
        </p>
        <p>{act.explained}</p>
        <Problems problems={problems} />
        <ActForm action={`/aides/${aid.aidId}/${act.slug}`} csrf={visit.csrf}>
          <input type="hidden" name="revision" value={String(aid.revision)} />
          {act.asksUntil && (
            <TextField
              name="jusque"
              label="Jusqu’au"
              hint="Jour où il faudra la revoir."
              type="date"
              value={input.until}
              problem={problems.jusque}
              required
            />
          )}
          <TextArea
            name="raison"
            label="Pourquoi"
            hint="Gardé dans l’histoire de l’aide."
            value={input.why}
            problem={problems.raison}
            required={act.asksWhy}
            rows={2}
            maxlength={1000}
          />
          <SubmitOrLeave label={act.label} leaveLabel="Renoncer" leaveHref={aidPath(aid.aidId)} />
        </ActForm>
      </div>
    ),
  };
}

/** Routes of the actions on the status of an aid (publish, reject, withdraw…): a page and an act each. */
export const statusActRoutes: readonly Route[] = statusActs.flatMap((act) => [confirmRoute(act), performRoute(act)]);
