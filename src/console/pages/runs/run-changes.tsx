import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlannedChange, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { fieldName } from "../../../french/fields.ts";
import { changeKindName, remarkMessage } from "../../../french/plans.ts";
import { french, sentence } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import type { RunView } from "./read-run.ts";

const changesShown = 6;

/** Renders a few changes of the run's plan, the plan's remarks and a link to all changes. */
export async function RunChanges(given: {
  readonly catalogue: Catalogue;
  readonly view: RunView;
  readonly report: RunReport;
}): Promise<Child> {
  const { catalogue, report } = given;
  const { plan } = given.view;
  const remarks = Object.entries(report.remarks) as [keyof RunReport["remarks"], number][];
  if (plan === null && remarks.length === 0) return null;
  const changes = plan === null ? [] : await catalogue.plans.sample(plan.planId, changesShown);
  return (
    <>
      <h2 class="fr-mt-4w">{plan?.state === "applied" ? "Ce qui a changé dans le catalogue" : "Ce que le plan changerait"}</h2>
      {changes.length === 0 && <p>{withoutChanges(plan)}</p>}
      {changes.length > 0 && (
        <Table
          caption={changes.length === changesShown ? "Quelques changements" : "Tous les changements"}
          isCaptionHidden
          head={["Aide", "Changement", "Champs"]}
          rows={changes.map(cellsOf)}
        />
      )}
      {plan !== null && changes.length > 0 && (
        <p>
          <Link
            href={`/plans/${plan.planId}`}
            label="Voir le plan et tous ses changements"
            icon="fr-icon-arrow-right-line fr-link--icon-right"
          />
        </p>
      )}
      <List items={remarks.map(([code, count]) => sentence(remarkMessage(code, count)))} />
    </>
  );
}

function withoutChanges(plan: PlanRecord | null): string {
  if (plan?.state === "discarded" || plan?.state === "overtaken") return "Le détail des changements n’est plus conservé.";
  return "Aucune aide ne change.";
}

function cellsOf({ aidId, externalId, title, language, kind, fields, isDone }: PlannedChange): Child[] {
  const changed = aidFields.filter((field: AidField) => fields[field] !== undefined);
  const shown = changed.slice(0, 5).map(fieldName).join(", ");
  const name = <AidText text={truncate(title ?? externalId, 120)} language={language} />;
  return [
    kind === "create" && !isDone ? name : <a href={`/aides/${aidId}`}>{name}</a>,
    changeKindName(kind),
    kind === "create" ? "toute l’aide" : changed.length > 5 ? french`${shown} et ${changed.length - 5} de plus` : shown,
  ];
}
