import type { Child } from "hono/jsx";
import { mostHits } from "../../../catalogue/aids/find-traces.ts";
import { placeMessage } from "../../../french/places.ts";
import { standingMessage } from "../../../french/trace.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { standingOf } from "../../../model/trace/standing.ts";
import type { TraceHit } from "../../../model/trace/trace.ts";
import { Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { findPath } from "./find-path.ts";
import { nameOfHit, placeOfHit } from "./hits-in-french.ts";

/** So many are told in a sentence each; of the others it is said where they were found. */
const mostTold = 10;

/** Several answer to what was asked: who asks chooses. */
export async function FoundList({ visit, hits }: { readonly visit: Visit; readonly hits: readonly TraceHit[] }): Promise<Child> {
  const sentences = await Promise.all(hits.map((hit, place) => (place < mostTold ? told(visit, hit) : sentence(placeOfHit(hit)))));
  const caption =
    hits.length < mostHits
      ? counted(hits.length, "réponse")
      : french`Les ${hits.length} premières réponses : précisez ce que vous cherchez`;
  return (
    <Table caption={caption} head={["Aide", "Où elle en est"]}>
      {hits.map((hit, place) => (
        <tr>
          <td>
            <Name hit={hit} />
            <br />
            <span class="moisson-mention">{nameOfHit(hit)}</span>
          </td>
          <td>{sentences[place]}</td>
        </tr>
      ))}
    </Table>
  );
}

function Name({ hit }: { readonly hit: TraceHit }): Child {
  const { seen } = hit;
  const title = hit.title ?? hit.externalId ?? placeMessage(seen?.locator ?? "?");
  const href = findPath(hit) ?? (seen === null ? null : `/collectes/${seen.runId}/enregistrement?ou=${encodeURIComponent(seen.locator)}`);
  return href === null ? title : <a href={href}>{title}</a>;
}

async function told({ catalogue, now }: Visit, hit: TraceHit): Promise<string> {
  return sentence(standingMessage(standingOf(await catalogue.trace.facts(hit), parisDay(now)).standing));
}
