import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { silentSentences } from "../../../jobs/digest/french/ops.ts";
import type { SilentConnector } from "../../../model/run/digest.ts";
import { TroubleItem, TroubleSection } from "./trouble-item.tsx";

/** Fewer are written out: to unfold them would be a click for nothing. */
const fewestFolded = 3;

/** Connectors of which nothing is heard. Those that never were, all of them for the same reason, are one line that unfolds. */
export function SilentConnectors({ silent }: { readonly silent: readonly SilentConnector[] }): Child {
  const never = silent.filter(hasNeverRun);
  if (never.length < fewestFolded) return <Written silent={silent} />;
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
      {(one) => <TroubleItem of={one} said={silentSentences(one)} />}
    </TroubleSection>
  );
}

function hasNeverRun({ silences }: SilentConnector): boolean {
  return silences.length > 0 && silences.every(({ code }) => code === "never-applied");
}
