import type { Child } from "hono/jsx";
import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { counted } from "../../../french/typography.ts";
import { ConnectorLink, ConnectorName } from "../../lists/connector-column.tsx";
import { Checkbox } from "../../parts/checkbox.tsx";
import { ActForm, DefaultButton } from "../../parts/form-controls.tsx";
import { Link } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import { runBlocker } from "../../run-blockers.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { AboutConnector, isGoodTrial, isOwn, TrialEffect, TrialWords, trialValue } from "./trial-row.tsx";

/** The trials, with their effects and the button to keep and apply them. */
export const trialsPage = pageRoute("/mots/essais", "read", async (visit) => {
  const trials = await visit.catalogue.words.trials();
  const visitor = visitorOf(visit);
  const open = trials.filter(({ isKept }) => !isKept);
  const [mine, others] = [open.filter((trial) => isOwn(trial, visitor)), open.filter((trial) => !isOwn(trial, visitor))];
  const isGoingOn = mine.some(({ state }) => state !== "ended");
  const blocker = isGoingOn ? await runBlocker(visit) : "";
  return {
    title: "Décisions à l’essai",
    breadcrumb: [{ title: "Mots à traduire", href: "/mots" }],
    menuPath: "/mots",
    content: (
      <>
        <h1>Décisions à l’essai</h1>
        {open.length > 0 && (
          <p>
            Les décisions à l’essai n’ont encore rien changé : ni les connecteurs, ni les aides. Chacune est essayée sur le dernier flux de
            son producteur.
          </p>
        )}
        <div id="essais" {...(isGoingOn && { "data-live": true })}>
          {isGoingOn && <p>Le dernier flux est relu : quelques secondes par producteur, davantage pour un grand flux. {blocker}</p>}
          <Mine trials={mine} visit={visit} />
        </div>
        <p class="fr-mt-3w">
          <Link href="/mots" label={mine.length > 0 ? "Décider d’autres mots : ils s’ajoutent à ces essais" : "Voir les mots à traduire"} />
        </p>
        <KeptTrials visit={visit} trials={trials.filter(({ isKept }) => isKept)} />
        <OthersTrials visit={visit} trials={others} />
      </>
    ),
  };
});

function Mine({ trials, visit }: { readonly trials: readonly WordTrial[]; readonly visit: Visit }): Child {
  if (trials.length === 0) return <p>Vous n’avez pas de décision à l’essai.</p>;
  const good = trials.filter(isGoodTrial);
  return (
    <ActForm action="/mots/essais" csrf={visit.csrf}>
      <DefaultButton name="faire" value="garder" />
      <Table
        caption={`Vos essais : ${counted(trials.length, "connecteur")}`}
        head={[{ title: "Connecteur", isRowTitle: true }, "Décisions", "Ce que cela ferait", "Abandonner"]}
        rows={trials.map((trial) => [
          isGoodTrial(trial) ? <Tick visit={visit} trial={trial} /> : <ConnectorLink visit={visit} connector={trial.connector} />,
          <TrialWords trial={trial} />,
          <TrialEffect trial={trial} visit={visit} />,
          <button
            type="submit"
            class="fr-btn fr-btn--tertiary fr-btn--sm"
            formaction="/mots/essais/abandonner"
            name="un"
            value={trialValue(trial)}
          >
            Abandonner
            <AboutConnector visit={visit} connector={trial.connector} words="l’essai de" />
          </button>,
        ])}
      />
      {good.length > 0 && (
        <>
          <p>
            Enregistrer fait compter ces décisions dès maintenant, et applique aux aides les plans qu’aucun garde-fou ne retient. Les autres
            plans attendent une personne de l’exploitation.
          </p>
          <button type="submit" class="fr-btn" name="faire" value="garder">
            Enregistrer et appliquer
          </button>
        </>
      )}
    </ActForm>
  );
}

function Tick({ visit, trial }: { readonly visit: Visit; readonly trial: WordTrial }): Child {
  return (
    <Checkbox id={`essai-${trial.runId}`} name="essai" value={trialValue(trial)} checked>
      <span class="fr-sr-only">Enregistrer les décisions de </span>
      <ConnectorName visit={visit} connector={trial.connector} />
    </Checkbox>
  );
}

/** Kept trials whose plans still wait for a decision. */
function KeptTrials({ visit, trials }: { readonly visit: Visit; readonly trials: readonly WordTrial[] }): Child {
  if (trials.length === 0) return null;
  return (
    <>
      <h2>Enregistré, pas encore appliqué</h2>
      <TrialTable visit={visit} trials={trials} caption="Décisions enregistrées dont le plan attend" linkTitle="Plan">
        {({ planId, connector, guards }) => (
          <>
            <a href={`/plans/${planId}`}>
              Plan à décider
              <AboutConnector visit={visit} connector={connector} words="de" />
            </a>
            {guards.length > 0 && " (retenu par un garde-fou)"}
          </>
        )}
      </TrialTable>
    </>
  );
}

/** Trials of other people, with links to their pages. */
function OthersTrials({ visit, trials }: { readonly visit: Visit; readonly trials: readonly WordTrial[] }): Child {
  if (trials.length === 0) return null;
  return (
    <>
      <h2>Essais d’autres personnes</h2>
      <TrialTable visit={visit} trials={trials} caption="Essais d’autres personnes" linkTitle="Essai">
        {({ connector, runId }) => (
          <a href={`/connecteurs/${connector}/essais/${runId}`}>
            Voir l’essai
            <AboutConnector visit={visit} connector={connector} words="de" />
          </a>
        )}
      </TrialTable>
    </>
  );
}

/** Renders trials with their authors and decisions. `children`: the last cell of a row. */
function TrialTable(given: {
  readonly visit: Visit;
  readonly trials: readonly WordTrial[];
  readonly caption: string;
  readonly linkTitle: string;
  readonly children: (trial: WordTrial) => Child;
}): Child {
  const { visit, trials, caption, linkTitle, children } = given;
  return (
    <Table
      caption={caption}
      isCaptionHidden
      head={[{ title: "Connecteur", isRowTitle: true }, "Par", "Décisions", linkTitle]}
      rows={trials.map((trial) => [
        <ConnectorName visit={visit} connector={trial.connector} />,
        trial.by,
        <TrialWords trial={trial} />,
        children(trial),
      ])}
    />
  );
}
