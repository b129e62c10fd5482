import type { Child } from "hono/jsx";
import { counted, french, sentence } from "../../../french/typography.ts";
import { fileDueSentence } from "../../../jobs/digest/french/bizdev.ts";
import {
  badSentences,
  heldSentences,
  lateSentence,
  nextTrySentence,
  pauseSentence,
  requestSentence,
  settingsFirst,
  silentSentences,
} from "../../../jobs/digest/french/ops.ts";
import { leftSentence, problemSentence, refusedConsequence } from "../../../jobs/digest/french/registry.ts";
import type { Trouble } from "../../../jobs/digest/gather-trouble.ts";
import { renamesIn } from "../../../model/plan/feed-breaks.ts";
import type { BadRun, HeldPlan, LateRun, OfConnector, SilentConnector } from "../../../model/run/digest.ts";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { isOps } from "../connectors/run-buttons.tsx";
import { FollowButton } from "../plans/cure-feed.tsx";

/** Renders the held, failed and late runs, most urgent first. */
export function RunTrouble({ visit, trouble }: { readonly visit: Visit; readonly trouble: Trouble }): Child {
  const bad = (title: string, outcome: BadRun["outcome"], runs: readonly BadRun[]) => (
    <TroubleSection title={title} items={runs} more={`/collectes?resultat=${outcome}`}>
      {(run) => <Bad visit={visit} run={run} />}
    </TroubleSection>
  );
  return (
    <>
      <TroubleSection title="Retenues par un garde-fou" items={trouble.held} more="/plans?etat=held">
        {(plan) => <Held visit={visit} plan={plan} />}
      </TroubleSection>
      <TroubleSection title="Plans à appliquer, sur demande" items={trouble.requested} more="/plans?etat=requested">
        {(plan) => (
          <TroubleItem of={plan} messages={[requestSentence(plan.request)]}>
            <a class="fr-btn fr-btn--sm moisson-inline" href={`/plans/${plan.planId}`}>
              {isOps(visit) ? "Voir et décider" : "Voir le plan"}
              <span class="fr-sr-only"> de {plan.publisher}</span>
            </a>
          </TroubleItem>
        )}
      </TroubleSection>
      {bad("En échec, de notre fait", "failed", trouble.failed)}
      {bad("Abandonnées", "abandoned", trouble.abandoned)}
      <TroubleSection title="En retard" items={trouble.late} more="/connecteurs">
        {(run) => <Late visit={visit} run={run} />}
      </TroubleSection>
      {bad("Accès au flux refusé", "refused", trouble.refused)}
      {bad("Flux illisibles", "unreadable", trouble.unreadable)}
      {bad("Flux interrompus avant la fin", "stopped-early", trouble.stoppedEarly)}
      {bad("Serveurs injoignables", "unreachable", trouble.unreachable)}
    </>
  );
}

function Held({ visit, plan }: { readonly visit: Visit; readonly plan: HeldPlan }): Child {
  const { planId, publisher } = plan;
  const isCurable = isOps(visit) && renamesIn(plan.guards).length > 0;
  return (
    <TroubleItem of={plan} messages={heldSentences(plan)}>
      {isCurable && <FollowButton visit={visit} plan={plan} about={publisher} size="sm" />}
      <a class={`fr-btn fr-btn--sm moisson-inline${isCurable ? " fr-btn--secondary" : ""}`} href={`/plans/${planId}`}>
        Voir et décider<span class="fr-sr-only"> du plan de {publisher}</span>
      </a>
      {isOps(visit) && (
        <a class="fr-btn fr-btn--sm fr-btn--secondary moisson-inline" href={`/plans/${planId}/ecarter`}>
          Écarter<span class="fr-sr-only"> le plan de {publisher}</span>
        </a>
      )}
    </TroubleItem>
  );
}

function Bad({ visit, run }: { readonly visit: Visit; readonly run: BadRun }): Child {
  const { publisher, runId, nextTryAt, error, waitingPlan } = run;
  const messages = [...badSentences(run), ...(nextTryAt === null ? [] : [sentence(nextTrySentence(nextTryAt, visit.now.toISOString()))])];
  const isOurs = error !== null && settingsFirst.has(error.code);
  return (
    <TroubleItem of={run} messages={messages}>
      <a class="fr-btn fr-btn--sm fr-btn--secondary moisson-inline" href={`/collectes/${runId}`}>
        Voir la collecte<span class="fr-sr-only"> de {publisher}</span>
      </a>
      {nextTryAt === null && isOps(visit) && (
        <RunAgain visit={visit} run={run} label={isOurs ? "Relancer, une fois le réglage corrigé" : "Relancer"} />
      )}
      {waitingPlan !== null && (
        <a class="fr-link fr-link--sm" href={`/plans/${waitingPlan.planId}`}>
          Un plan retenu attend toujours<span class="fr-sr-only"> de {publisher}</span>
        </a>
      )}
    </TroubleItem>
  );
}

function Late({ visit, run }: { readonly visit: Visit; readonly run: LateRun }): Child {
  const { connector, publisher, state } = run;
  return (
    <TroubleItem of={run} messages={[lateSentence(run)]}>
      {state === "not-begun" && isOps(visit) ? (
        <RunAgain visit={visit} run={run} label="Lancer" />
      ) : (
        <a class="fr-link fr-link--sm" href={`/collectes?connecteur=${connector}`}>
          Voir où elle en est<span class="fr-sr-only"> ({publisher})</span>
        </a>
      )}
    </TroubleItem>
  );
}

function RunAgain(given: { readonly visit: Visit; readonly run: OfConnector; readonly label: string }): Child {
  const { visit, run, label } = given;
  const { connector, publisher } = run;
  return (
    <ActButton action={`/connecteurs/${connector}/lancer`} csrf={visit.csrf} label={label} about={publisher} fields={{ retour: "/" }} />
  );
}

/** Max items per section: a network failure on our side must not fill the page with hundreds. */
const itemsShown = 20;

/** Renders the items with the same problem. `more`: link to the items that are not shown. */
export function TroubleSection<T>(given: {
  readonly title: string;
  readonly items: readonly T[];
  readonly more: string;
  readonly children: (item: T) => Child;
}): Child {
  const { title, items, more, children } = given;
  if (items.length === 0) return null;
  return (
    <section class="fr-mb-4w">
      <h2>
        {title} ({items.length})
      </h2>
      <ul class="moisson-items">
        {items.slice(0, itemsShown).map((item) => (
          <li>{children(item)}</li>
        ))}
      </ul>
      {items.length > itemsShown && (
        <p>
          <a href={more}>{`Voir aussi ${counted(items.length - itemsShown, "autre")}`}</a>
        </p>
      )}
    </section>
  );
}

/** Renders the problem of one connector, and what to do. */
export function TroubleItem(given: { readonly of: OfConnector; readonly messages: readonly string[]; readonly children?: Child }): Child {
  const { of, messages, children } = given;
  return (
    <>
      <h3 class="fr-h6 fr-mb-1v">
        <a href={`/connecteurs/${of.connector}`}>{of.publisher}</a>
      </h3>
      {messages.map((sentence) => (
        <p class="fr-mb-1v">{sentence}</p>
      ))}
      {children !== undefined && <div class="fr-mt-1w">{children}</div>}
    </>
  );
}

/** Renders connectors that cannot run, are silent, wait for a file, or are paused. */
export function ConnectorTrouble({ visit, trouble }: { readonly visit: Visit; readonly trouble: Trouble }): Child {
  const paused = trouble.paused.filter(({ connector }) => connector !== "*");
  return (
    <>
      <TroubleSection title="Connecteurs refusés" items={trouble.refusedFiles} more="/connecteurs?etat=refused">
        {({ file, connector, isRun, problems, ...left }) => (
          <TroubleItem
            of={{ connector: connector ?? "", publisher: file }}
            messages={[refusedConsequence(connector, isRun, left), ...problems.slice(0, 5).map(problemSentence)]}
          />
        )}
      </TroubleSection>
      <TroubleSection title="Connecteurs disparus" items={trouble.gone} more="/connecteurs?etat=gone">
        {(gone) => (
          <TroubleItem of={gone} messages={[french`Sa définition n'existe plus : il n'est plus collecté. ${leftSentence(gone)}`]} />
        )}
      </TroubleSection>
      <SilentConnectors silent={trouble.silent} />
      <TroubleSection title="Fichiers à demander aux producteurs" items={trouble.toBring} more="/connecteurs">
        {(due) => (
          <TroubleItem of={due} messages={[fileDueSentence(due)]}>
            <a class="fr-link fr-link--sm" href={`/connecteurs/${due.connector}#fichier`}>
              Déposer le fichier<span class="fr-sr-only"> de {due.publisher}</span>
            </a>
          </TroubleItem>
        )}
      </TroubleSection>
      <TroubleSection title="En pause" items={paused} more="/connecteurs?etat=halted">
        {(pause) => (
          <TroubleItem of={pause} messages={[pauseSentence(pause)]}>
            {isOps(visit) && (
              <ActButton
                action={`/connecteurs/${pause.connector}/reprendre`}
                csrf={visit.csrf}
                label="Reprendre"
                about={pause.publisher}
                fields={{ retour: "/" }}
              />
            )}
          </TroubleItem>
        )}
      </TroubleSection>
      {trouble.withoutAddress.length > 0 && (
        <section class="fr-mb-4w">
          <h2>Sans adresse ({trouble.withoutAddress.length})</h2>
          <p>Ces connecteurs sont actifs et n’ont jamais été collectés : l’adresse de leur flux manque.</p>
          <ul>
            {trouble.withoutAddress.map(({ connector, publisher, variable }) => (
              <li>
                <a href={`/connecteurs/${connector}`}>{publisher}</a> ({variable})
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Shorter lists are not collapsed. */
const minCollapsed = 3;

/** Renders silent connectors. Connectors that have never run share one reason, so they are collapsed into one line. */
function SilentConnectors({ silent }: { readonly silent: readonly SilentConnector[] }): Child {
  const never = silent.filter(hasNeverRun);
  if (never.length < minCollapsed) return <Written silent={silent} />;
  return (
    <>
      <Written silent={silent.filter((one) => !hasNeverRun(one))} />
      <section class="fr-mb-4w">
        <h2>Sans aucune collecte appliquée ({never.length})</h2>
        <details>
          <summary>{french`${counted(never.length, "connecteur actif", "connecteurs actifs")} : aucune de leurs collectes n'a jamais été appliquée`}</summary>
          <ul>
            {never.map(({ connector, publisher }) => (
              <li>
                <a href={`/connecteurs/${connector}`}>{publisher}</a>
              </li>
            ))}
          </ul>
        </details>
      </section>
    </>
  );
}

function Written({ silent }: { readonly silent: readonly SilentConnector[] }): Child {
  return (
    <TroubleSection title="Connecteurs silencieux" items={silent} more="/connecteurs">
      {(one) => <TroubleItem of={one} messages={silentSentences(one)} />}
    </TroubleSection>
  );
}

function hasNeverRun({ silences }: SilentConnector): boolean {
  return silences.length > 0 && silences.every(({ code }) => code === "never-applied");
}
