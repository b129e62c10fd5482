import type { Child } from "hono/jsx";
import { fieldActionName } from "../../../french/changes.ts";
import { fieldName } from "../../../french/fields.ts";
import { capital, counted, sentence } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { Change } from "../../../model/plan/plan.ts";
import type { LifeEvent } from "../../../model/trace/life-of-aid.ts";
import { Difference } from "../../parts/diff.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { lifeMessage } from "./life-in-french.ts";

/** The life of an aid, newest first: who did what and when, with the runs and plans of it, and what it changed. */
export function AidLife({ life, more }: { readonly life: readonly LifeEvent[]; readonly more: string | null }): Child {
  return (
    <>
      <ul class="moisson-life fr-raw-list">
        {life.map((event) => (
          <li>
            <p class="fr-mb-1v">
              <span class="moisson-mention">{`${formatShortDateTime(new Date(event.at))} – `}</span>
              {sentence(lifeMessage(event))} <Links event={event} />
            </p>
            <Changed fields={fieldsOf(event)} />
          </li>
        ))}
      </ul>
      {more !== null && (
        <p>
          <a href={more}>Toute l’histoire de l’aide</a>
        </p>
      )}
    </>
  );
}

function Links({ event }: { readonly event: LifeEvent }): Child {
  const { runId, planId } = idsOf(event);
  const at = formatShortDateTime(new Date(event.at));
  return (
    <>
      {runId !== null && (
        <a href={`/collectes/${runId}`}>
          Collecte<span class="fr-sr-only"> du {at}</span>
        </a>
      )}
      {runId !== null && planId !== null && " · "}
      {planId !== null && (
        <a href={`/plans/${planId}`}>
          Plan<span class="fr-sr-only"> du {at}</span>
        </a>
      )}
    </>
  );
}

function idsOf(event: LifeEvent): { readonly runId: string | null; readonly planId: string | null } {
  if (event.what === "changed") return event.revision;
  if (event.what === "planned") return event.plan;
  if (event.what === "remark") return { runId: null, planId: event.remark.planId };
  return { runId: event.lastRunId, planId: null };
}

function fieldsOf(event: LifeEvent): Change["fields"] {
  if (event.what === "changed") return event.revision.fields;
  return event.what === "planned" ? event.plan.fields : {};
}

function Changed({ fields }: { readonly fields: Change["fields"] }): Child {
  const changed = Object.entries(fields);
  if (changed.length === 0) return null;
  return (
    <details>
      <summary>{`${counted(changed.length, "champ")} : ${changed.map(([field]) => fieldName(field as AidField)).join(", ")}`}</summary>
      {changed.map(([field, change]) => (
        <section class="fr-my-2w">
          <p class="fr-text--bold fr-mb-1v">{`${capital(fieldName(field as AidField))} – ${fieldActionName(change.action)}`}</p>
          <Difference
            field={field as AidField}
            before={change.current}
            after={change.incoming}
            titles={["Affiché avant", "Nouvelle valeur"]}
          />
        </section>
      ))}
    </details>
  );
}
