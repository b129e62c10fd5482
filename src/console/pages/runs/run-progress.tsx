import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import type { RunReport, RunStage } from "../../../model/run/run-report.ts";
import { Alert } from "../../parts/alert.tsx";
import { Link } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDuration } from "../../parts/time.ts";
import { standstillSentence } from "../../run-blockers.ts";
import type { Visit } from "../../visit.ts";
import { type RunView, type RunWait, waitSentence } from "./read-run.ts";

/** Renders the progress of a queued or running run. `console.js` refreshes it; without JavaScript, the link reloads the page. */
export async function RunProgress({ view, visit }: { readonly view: RunView; readonly visit: Visit }): Promise<Child> {
  const { run, wait } = view;
  const standstill = wait === null ? null : await standstillSentence(visit);
  return (
    <>
      <div id="avancement" class="fr-callout" data-live>
        <h2 class="fr-callout__title">{wait === null ? "La collecte est en cours" : "La collecte attend son tour"}</h2>
        {wait === null ? <Stage run={run} now={visit.now} /> : <Waiting wait={wait} />}
        {standstill !== null && <Alert kind="warning" text={standstill} />}
      </div>
      <p>
        <Link href={`/collectes/${run.runId}`} label="Actualiser cette page" icon="fr-icon-refresh-line fr-link--icon-left" />
      </p>
    </>
  );
}

function Stage({ run, now }: { readonly run: RunView["run"]; readonly now: Date }): Child {
  const { progress, startedAt } = run;
  const since = formatDuration(Math.max(0, now.getTime() - startedAt.getTime()));
  const words = stageWords(progress);
  return (
    <>
      <p class="fr-callout__text">{words}</p>
      <p>
        {progress !== null && progress.of !== null && progress.of > 0 ? (
          <progress
            class="moisson-progress"
            aria-label="Avancement de l’étape"
            max={progress.of}
            value={Math.min(progress.done, progress.of)}
          >
            {words}
          </progress>
        ) : (
          <progress class="moisson-progress" aria-label="Avancement de l’étape, de durée inconnue">
            {words}
          </progress>
        )}
      </p>
      <p class="moisson-mention">Depuis {since}. Une étape peut rester quelques secondes sans donner de nouvelles.</p>
    </>
  );
}

function stageWords(progress: RunView["run"]["progress"]): string {
  if (progress === null) return "Elle commence.";
  const { stage, done, of } = progress;
  const name = stageLabels[stage] ?? stage;
  if (stage === "fetch") return done === 0 ? `${name}.` : french`${name} : ${Math.round(done / 100_000) / 10} Mo reçus.`;
  if (stage !== "read") return `${name}.`;
  return french`${name} : ${counted(done, "enregistrement lu", "enregistrements lus")}${of === null ? "" : french` sur ${of}`}.`;
}

function Waiting({ wait }: { readonly wait: RunWait }): Child {
  return (
    <p class="fr-callout__text">
      {waitSentence(wait)}
      {wait.pause === null && wait.behind !== null && (
        <>
          {" "}
          <a href={`/collectes/${wait.behind}`}>Voir la collecte en cours</a>
        </>
      )}
    </p>
  );
}

const stages: readonly RunStage[] = ["fetch", "read", "plan", "apply"];
const stageLabels: Readonly<Record<string, string>> = {
  fetch: "Réception du flux",
  read: "Lecture des enregistrements",
  plan: "Préparation du plan",
  apply: "Écriture dans le catalogue",
} satisfies Record<RunStage, string>;

/** Renders how long each stage of a run took, and the total. */
export function RunStages({ report: { stageMs, durationMs } }: { readonly report: RunReport }): Child {
  const took = stages.flatMap((stage) => (stageMs[stage] === undefined ? [] : [{ stage, ms: stageMs[stage] }]));
  const rest = durationMs - took.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <section>
      <h2 class="fr-mt-4w">Étapes</h2>
      <Table
        caption="Durée de chaque étape"
        isCaptionHidden
        head={[
          { title: "Étape", isRowTitle: true },
          { title: "Durée", isNumber: true },
        ]}
        rows={[
          ...took.map(({ stage, ms }) => [stageLabels[stage] ?? stage, formatDuration(ms)]),
          ...(took.length > 0 && rest > 0 ? [["Mise en route et fin", formatDuration(rest)]] : []),
          ["En tout", <strong>{formatDuration(durationMs)}</strong>],
        ]}
      />
    </section>
  );
}
