import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { fileDueSentence } from "../../../jobs/digest/french/bizdev.ts";
import { pauseSentence } from "../../../jobs/digest/french/ops.ts";
import { leftSentence, problemSentence, refusedConsequence } from "../../../jobs/digest/french/registry.ts";
import type { Trouble } from "../../../jobs/digest/gather-trouble.ts";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { isOps } from "../connectors/run-buttons.tsx";
import { SilentConnectors } from "./silent-connectors.tsx";
import { TroubleItem, TroubleSection } from "./trouble-item.tsx";

/** Connectors that cannot run, of which nothing is heard, that wait for a file or for somebody to let them go on. */
export function ConnectorTrouble({ visit, trouble }: { readonly visit: Visit; readonly trouble: Trouble }): Child {
  const paused = trouble.paused.filter(({ connector }) => connector !== "*");
  return (
    <>
      <TroubleSection title="Connecteurs refusés" items={trouble.refusedFiles} more="/connecteurs?etat=refused">
        {({ file, connector, isRun, problems, ...left }) => (
          <TroubleItem
            of={{ connector: connector ?? "", publisher: file }}
            said={[refusedConsequence(connector, isRun, left), ...problems.slice(0, 5).map(problemSentence)]}
          />
        )}
      </TroubleSection>
      <TroubleSection title="Connecteurs disparus" items={trouble.gone} more="/connecteurs?etat=gone">
        {(gone) => <TroubleItem of={gone} said={[french`Sa définition n'existe plus : il n'est plus collecté. ${leftSentence(gone)}`]} />}
      </TroubleSection>
      <SilentConnectors silent={trouble.silent} />
      <TroubleSection title="Fichiers à demander aux producteurs" items={trouble.toBring} more="/connecteurs">
        {(due) => (
          <TroubleItem of={due} said={[fileDueSentence(due)]}>
            <a class="fr-link fr-link--sm" href={`/connecteurs/${due.connector}#fichier`}>
              Déposer le fichier<span class="fr-sr-only"> de {due.publisher}</span>
            </a>
          </TroubleItem>
        )}
      </TroubleSection>
      <TroubleSection title="En pause" items={paused} more="/connecteurs?etat=halted">
        {(pause) => (
          <TroubleItem of={pause} said={[pauseSentence(pause)]}>
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
