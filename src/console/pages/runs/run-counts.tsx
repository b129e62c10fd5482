import type { Child } from "hono/jsx";
import { excludedReasonMessage } from "../../../french/rules.ts";
import { french, isPlural } from "../../../french/typography.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { Alert } from "../../parts/alert.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";

interface Part {
  readonly name: Child;
  readonly count: number;
}

type Counted = { readonly report: RunReport; readonly keepWhen: Connector["keepWhen"] };

/** Renders the counts of received records as sums, so that a person sees that no record is lost. `keepWhen` explains excluded records. */
export function RunCounts({ report, keepWhen }: Counted): Child {
  const { counts, planId, outcome, runId } = report;
  if (counts.received === 0 && report.error !== null) return null;
  const isCompared = planId !== null || outcome === "unchanged";
  const isDone = outcome === "applied" || outcome === "applied-with-rejects" || outcome === "unchanged";
  return (
    <>
      <h2 class="fr-mt-4w">Ce qui a été reçu</h2>
      <div class="fr-grid-row fr-grid-row--gutters">
        <Sum
          caption="Des enregistrements reçus aux aides valides"
          total={{ name: "Enregistrements reçus", count: counts.received }}
          parts={[
            { name: <Skipped report={report} keepWhen={keepWhen} />, count: counts.skipped },
            {
              name: counts.rejected === 0 ? "rejetés" : <a href={`/collectes/${runId}/rejets`}>rejetés : voir la liste</a>,
              count: counts.rejected,
            },
            { name: "valides", count: counts.valid },
          ]}
        />
        {isCompared && (
          <Sum
            caption={isDone ? "Des aides valides au catalogue" : "Ce que le plan en ferait"}
            total={{ name: "Aides valides", count: counts.valid }}
            parts={[
              { name: "créées", count: counts.created },
              { name: "modifiées", count: counts.updated },
              { name: "rétablies : retirées auparavant, elles sont revenues", count: counts.restored },
              { name: "inchangées", count: counts.unchanged },
              { name: "ignorées : une personne les a rejetées ou fusionnées", count: counts.ignored },
            ]}
          />
        )}
      </div>
      {isCompared && <OtherCounts counts={counts} isDone={isDone} />}
    </>
  );
}

function Sum({ caption, total, parts }: { readonly caption: string; readonly total: Part; readonly parts: readonly Part[] }): Child {
  const sum = parts.reduce((before, { count }) => before + count, 0);
  const terms = parts.filter(({ count }) => count > 0);
  return (
    <div class="fr-col-12 fr-col-lg-6">
      <h3 class="fr-h6">{caption}</h3>
      <Table caption={caption} isCaptionHidden head={["Quoi", { title: "Nombre", isNumber: true }]}>
        <tr>
          <th scope="row">{total.name}</th>
          <td class="fr-cell--right">
            <strong>{formatNumber(total.count)}</strong>
          </td>
        </tr>
        {parts.map(({ name, count }) => (
          <tr>
            <th scope="row" class="moisson-part">
              {name}
            </th>
            <td class="fr-cell--right">{formatNumber(count)}</td>
          </tr>
        ))}
      </Table>
      {sum === total.count ? (
        terms.length > 1 && (
          <p class="moisson-mention">
            {`${terms.map(({ count }) => formatNumber(count)).join(" + ")} = ${formatNumber(sum)}`} : le compte y est.
          </p>
        )
      ) : (
        <Alert kind="warning" text={french`Ces nombres font ${sum} et non ${total.count} : signalez-le à l'équipe technique.`} />
      )}
    </div>
  );
}

const reasonsShown = 10;

function Skipped({ report: { skippedBy }, keepWhen }: Counted): Child {
  const reasons = Object.entries(skippedBy);
  return (
    <>
      laissés de côté par le connecteur
      {reasons.length > 0 && (
        <ul class="moisson-mention">
          {reasons.slice(0, reasonsShown).map(([reason, count]) => (
            <li>{french`${excludedReasonMessage(reason, keepWhen)} : ${count}`}</li>
          ))}
          {reasons.length > reasonsShown && <li>{french`et ${reasons.length - reasonsShown} autres raisons`}</li>}
        </ul>
      )}
    </>
  );
}

/** Renders the aids that are missing from the feed, and the changes that wait for a person. */
function OtherCounts({ counts, isDone }: { readonly counts: RunReport["counts"]; readonly isDone: boolean }): Child {
  const waiting = counts.missing - counts.withdrawn;
  const messages = [
    counts.withdrawn > 0 &&
      french`${counts.withdrawn} ${isPlural(counts.withdrawn) ? "aides retirées" : "aide retirée"}${isDone ? "" : " si le plan est appliqué"} : absentes du flux depuis assez longtemps.`,
    waiting > 0 &&
      french`${waiting} ${isPlural(waiting) ? "aides absentes" : "aide absente"} du flux, pas encore ${isPlural(waiting) ? "retirées" : "retirée"}.`,
    (counts.filled ?? 0) > 0 &&
      french`${counts.filled} ${isPlural(counts.filled ?? 0) ? "aides remplies" : "aide remplie"} par une suggestion, comme une personne l'a décidé pour cette source.`,
    (counts.published ?? 0) > 0 &&
      french`${counts.published} ${isPlural(counts.published ?? 0) ? "aides publiées" : "aide publiée"} sans relecture${isDone ? "" : " si le plan est appliqué"}, comme une personne l'a décidé pour cette source.`,
    counts.proposals > 0 &&
      french`${counts.proposals} ${isPlural(counts.proposals) ? "changements proposés" : "changement proposé"} aux relecteurs, au lieu d'être appliqués d'office.`,
  ].filter((one) => one !== false);
  if (messages.length === 0) return null;
  return (
    <>
      <p class="fr-mb-1v">Et aussi :</p>
      <List items={messages} />
    </>
  );
}
