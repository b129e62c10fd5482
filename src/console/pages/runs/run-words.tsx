import type { Child } from "hono/jsx";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { formatNumber, Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/truncate.ts";

const wordsShown = 15;

/** The publisher's words that mean none of our terms yet, most frequent first. */
export function RunWords({ report: { unmappedTerms, connector } }: { readonly report: RunReport }): Child {
  if (unmappedTerms.length === 0) return null;
  return (
    <>
      <h2 class="fr-mt-4w">Mots sans correspondance</h2>
      <Table
        caption={`${counted(unmappedTerms.length, "mot")} sans correspondance dans nos nomenclatures`}
        isCaptionHidden
        head={["Mot du producteur", "Nomenclature", { title: "Aides", isNumber: true }]}
      >
        {unmappedTerms.slice(0, wordsShown).map(({ vocabulary, term, count }) => (
          <tr>
            <td>{truncate(term, 120)}</td>
            <td>{fieldNameIfOurs(vocabulary)}</td>
            <td class="fr-cell--right">{formatNumber(count)}</td>
          </tr>
        ))}
      </Table>
      {unmappedTerms.length > wordsShown && <p class="moisson-mention">{french`Les ${wordsShown} plus fréquents sont montrés.`}</p>}
      <p>
        <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right" href={`/mots?connecteur=${connector}`}>
          Faire correspondre les mots de ce connecteur
        </a>
      </p>
    </>
  );
}
