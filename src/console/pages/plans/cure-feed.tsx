import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { applyWithoutFields } from "../../../curation/apply-plan-part.ts";
import { fieldName } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import { followRenames, type NotFollowed } from "../../../jobs/connectors/follow-renames.ts";
import { requestRun } from "../../../jobs/queue/request-run.ts";
import { brokenFields, renamesIn } from "../../../model/plan/feed-breaks.ts";
import type { GuardFinding } from "../../../model/plan/guard.ts";
import { backTo } from "../../access/sign-in.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { truncate } from "../../parts/time.ts";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { refuseClosed } from "./apply-plan.tsx";
import { mayDecide, planOf } from "./read-plan.ts";

interface Held {
  readonly planId: string;
  readonly guards: readonly GuardFinding[];
}

/** Longer names of columns are cut in a button. */
const maxNameLength = 40;

/** Renders the button that reads renamed fields under their new names, or nothing if the plan found no rename. */
function FollowButton({ visit, plan }: { readonly visit: Visit; readonly plan: Held }): Child {
  const renames = renamesIn(plan.guards);
  const [first] = renames;
  if (first === undefined) return null;
  const one = french`Lire « ${truncate(first.to, maxNameLength)} » au lieu de « ${truncate(first.from, maxNameLength)} », et relancer`;
  return (
    <ActButton
      action={`/plans/${plan.planId}/suivre`}
      csrf={visit.csrf}
      label={renames.length === 1 ? one : french`Lire les ${renames.length} champs sous leur nouveau nom, et relancer`}
      kind="primary"
      size="md"
    />
  );
}

/** Renders the acts on a held plan that cure its feed, or set the broken fields apart. Nothing if no field broke. */
export function CureFeed({ visit, plan }: { readonly visit: Visit; readonly plan: PlanRecord }): Child {
  const renames = renamesIn(plan.guards);
  const fields = plan.state === "open" ? brokenFields(plan.guards) : [];
  if (renames.length === 0 && fields.length === 0) return null;
  const names = fields.map((field) => french`« ${fieldName(field)} »`).join(", ");
  return (
    <div class="fr-mb-3w">
      {renames.length > 0 && (
        <>
          <FollowButton visit={visit} plan={plan} />
          <p class="moisson-mention fr-mb-2w">
            {french`Le connecteur lira ${renames.map(({ from, to }) => french`« ${to} » au lieu de « ${from} »`).join(", ")}, puis relira ce même flux. Un autre plan remplacera celui-ci, et s'appliquera tout seul si plus rien ne le retient.`}
          </p>
        </>
      )}
      {fields.length > 0 && (
        <>
          <ActButton
            action={`/plans/${plan.planId}/sauf-champs`}
            csrf={visit.csrf}
            label={french`Appliquer tout le reste, sauf ${names}`}
            kind={renames.length === 0 ? "primary" : "secondary"}
            size="md"
            fields={{ champs: fields.join(",") }}
          />
          <p class="moisson-mention">
            {french`${fields.length === 1 ? "Ce champ garde ses" : "Ces champs gardent leurs"} dernières valeurs, cette nuit et les suivantes, jusqu'à ce que le flux soit de nouveau comme avant.`}
          </p>
        </>
      )}
    </div>
  );
}

/** Reads the renamed fields under their new names, and starts a run on the held feed. */
export async function performFollow(visit: Visit, form: Form): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  if (!(await mayDecide(catalogue, role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  refuseClosed(plan);
  const { jobs } = visit.console;
  const followed = await followRenames(catalogue, await jobs.registry(), plan, { by: name, now });
  if ("refused" in followed) throw new CannotDo(whyNot(followed), 409);
  const { connector, options, version } = followed;
  const renames = renamesIn(plan.guards);
  const [first] = renames;
  const read =
    first === undefined || renames.length > 1
      ? french`Les ${renames.length} champs sont lus sous leur nouveau nom.`
      : french`« ${truncate(first.to, maxNameLength)} » est lu au lieu de « ${truncate(first.from, maxNameLength)} ».`;
  const { runId } = await requestRun(catalogue, jobs.queue, { connector, options: { ...options }, by: name, now });
  return {
    message: french`${read} La collecte est relancée : son résultat paraîtra ici dans quelques minutes.`,
    to: backTo(form, `/collectes/${runId}`),
    subject: `plan ${plan.planId}`,
    details: { connector, version, run: runId },
  };
}

function whyNot(refused: NotFollowed): string {
  switch (refused.refused) {
    case "no-rename":
      return "Ce plan n’a trouvé aucun champ qui a changé de nom.";
    case "code-reads":
      return french`Le code de ce connecteur lit « ${refused.path} » : seule l'équipe technique peut suivre ce changement.`;
    case "definition":
      return french`La définition ainsi changée est refusée : ${refused.problem}.`;
    case "conflict":
      return "Quelqu’un a changé ce connecteur entre-temps : recommencez.";
  }
}

/** Applies a held plan without the fields that broke, which keep their last values until the feed is right again. */
export async function performWithoutFields(visit: Visit, form: Form): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  if (!(await mayDecide(catalogue, role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  refuseClosed(plan);
  const asked = form.text("champs").split(",");
  const fields = brokenFields(plan.guards).filter((field) => asked.includes(field));
  const { connector } = plan;
  if (fields.length === 0 || connector === null) throw new CannotDo("Ce plan n’a aucun champ à mettre de côté.", 409);
  const done = await applyWithoutFields(catalogue, { ...plan, connector }, { by: name, now }, fields);
  if ("refused" in done) throw new CannotDo("Ces aides ont changé depuis : rien n’a été écrit.", 409);
  const { state: _, ...counts } = done.applied;
  const written = counts.created + counts.updated + counts.withdrawn;
  const names = fields.map((field) => french`« ${fieldName(field)} »`).join(", ");
  return {
    message: french`${counted(written, "aide écrite", "aides écrites")}, sauf ${names}, qui ${fields.length === 1 ? "garde ses" : "gardent leurs"} dernières valeurs.`,
    to: backTo(form, `/plans/${plan.planId}`),
    subject: `plan ${plan.planId}`,
    details: { connector, fields: fields.join(","), ...counts },
  };
}
