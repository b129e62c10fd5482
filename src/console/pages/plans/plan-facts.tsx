import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { requestSentence } from "../../../french/digest/ops.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { changedAidsMessage, changeKindName } from "../../../french/plans.ts";
import { french } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { formatDateTime } from "../../parts/time.ts";
import { actWords } from "../space/space-words.ts";
import { PlanBadge, planStateMessage, shownState } from "./plan-state.tsx";
import type { NamedPlan } from "./read-plan.ts";

/** Renders the facts about a plan: author, purpose, state and decisions. */
export function PlanFacts({ plan }: { readonly plan: NamedPlan }): Child {
  const { connector, name, note, origin, undoneBy, applyRequest } = plan;
  return (
    <>
      <p class="fr-mb-1w">
        <PlanBadge plan={plan} /> {planStateMessage(shownState(plan))}
      </p>
      <ul class="fr-mb-3w">
        <li>
          <MadeBy plan={plan} />
        </li>
        {connector !== null && (
          <li>
            {"Connecteur\u00a0: "}
            <a href={`/connecteurs/${connector}`}>{name}</a>
            {origin === "run" && (
              <>
                {" ("}
                <a href={`/connecteurs/${connector}/flux`}>forme habituelle de son flux</a>)
              </>
            )}
          </li>
        )}
        <Request plan={plan} />
        {applyRequest !== null && <li class="moisson-text">{requestSentence(applyRequest)}</li>}
        {decided(plan).map((message) => (
          <li>{message}</li>
        ))}
        {undoneBy !== null && (
          <li>
            {"Défait par "}
            <a href={`/plans/${undoneBy}`}>un autre plan</a>.
          </li>
        )}
        {note !== null && <li class="moisson-text">{french`Note : ${note}`}</li>}
      </ul>
    </>
  );
}

function MadeBy({ plan }: { readonly plan: PlanRecord }): Child {
  const { origin, runId, createdAt, madeBy, asked } = plan;
  const when = formatDateTime(createdAt);
  const who = madeBy ?? "une collecte";
  const run = runId === null ? null : <a href={`/collectes/${runId}`}>{origin === "undo" ? "une collecte" : "la collecte"}</a>;
  if (origin === "run") return <>{[`Préparé le ${when} par `, run ?? "une collecte"]}.</>;
  if (origin === "undo") {
    const undone = typeof asked?.plan === "string" ? <a href={`/plans/${asked.plan}`}>son plan</a> : null;
    return (
      <>
        {`Fait le ${when} par ${who}, pour défaire `}
        {run ?? "un plan"}
        {undone !== null && [" (voir ", undone, ")"]}.
      </>
    );
  }
  return `Fait le ${when} par ${who}.`;
}

/** Renders the person's request, without the facts shown elsewhere on the page. */
function Request({ plan: { origin, asked, connector, undoneBy } }: { readonly plan: PlanRecord }): Child {
  if (asked === null || origin === "undo") return null;
  const { act, aids, decision, ...rest } = asked;
  if (origin === "territories")
    return <li class="moisson-text">{french`L’édition ${String(asked.edition)} remplace l’édition ${String(asked.since)}.`}</li>;
  if (origin === "publisher") return <li class="moisson-text">{french`Demandé : ${actWords(asked)}`}</li>;
  if (origin === "move")
    return (
      <li class="moisson-text">{french`Les aides de ${String(asked.from)} passent à ${String(asked.to)} ; ${String(asked.from)} n'est plus lu.`}</li>
    );
  const kind = changeKinds.find((one) => one === act);
  const messages = Object.entries(rest).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${requestLabels[name] ?? name} ${requestValue(name, value)}`],
  );
  const what =
    kind === undefined
      ? (requestActs[String(act)] ?? String(act ?? ""))
      : typeof aids === "number"
        ? changedAidsMessage(kind, aids)
        : changeKindName(kind);
  if (what === "" && messages.length === 0) return null;
  return (
    <>
      <li class="moisson-text">{french`Demandé : ${[what, ...messages].filter((word) => word !== "").join(", ")}`}</li>
      {decision !== undefined && connector !== null && (
        <li>
          {undoneBy === null && (
            <>
              {"Vaut aussi pour les prochaines collectes, jusqu’à ce qu’on y mette fin : "}
              <a href={`/connecteurs/${connector}/suggestions#${kind === undefined ? "decisions" : "publication"}`}>voir la décision</a>.{" "}
            </>
          )}
          {kind === undefined && <a href={`/questions?connecteur=${connector}`}>Répondre à une autre question</a>}
        </li>
      )}
    </>
  );
}

/** Acts that are no kind of change. */
const requestActs: Readonly<Record<string, string>> = { suggest: "remplir" };

const requestLabels: Readonly<Record<string, string>> = {
  aid: "aide",
  into: "dans",
  connector: "connecteur",
  field: "le champ",
  until: "jusqu’au",
  reason: "raison",
  from: "fichier",
  search: "texte",
  status: "statut",
  proposals: "propositions",
};

function requestValue(name: string, value: unknown): string {
  if (name === "field") return `« ${fieldNameOrKey(String(value))} »`;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function decided({ state, appliedAt, appliedBy, closedAt, closedBy }: PlanRecord): string[] {
  const by = (name: string | null) => (name === null ? "" : name === "run" ? " par la collecte" : ` par ${name}`);
  const messages: string[] = [];
  if (appliedAt !== null)
    messages.push(`${state === "applied" ? "Appliqué" : "Appliqué en partie"} le ${formatDateTime(appliedAt)}${by(appliedBy)}.`);
  if (closedAt !== null && state !== "applied") {
    const word = state === "discarded" ? (appliedAt === null ? "Écarté" : "Le reste a été écarté") : "Remplacé";
    messages.push(`${word} le ${formatDateTime(closedAt)}${by(closedBy)}.`);
  }
  return messages;
}
