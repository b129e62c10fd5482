import type { Child } from "hono/jsx";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { Alert } from "../../parts/alert.tsx";
import { type PublisherDoubt, publisherDoubts } from "../publishers/publisher-doubt.ts";
import type { PublisherRow } from "../publishers/read-publisher-rows.ts";

/** Publishers whose stage does not fit with their aids on the site, each kind with the list of them; nothing where there is none. */
export function PublishersToVerify({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
  const found = publisherDoubts
    .map((doubt) => ({ doubt, count: rows.filter((row) => row.doubt === doubt).length }))
    .filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  return (
    <Alert kind="warning" title="À vérifier" level={2}>
      <ul>
        {found.map(({ doubt, count }) => (
          <li>
            <a href={`/producteurs?verifier=${doubt}`}>{sentence(doubt, count)}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function sentence(doubt: PublisherDoubt, count: number): string {
  const who = counted(count, "producteur");
  if (doubt === "stopped") return french`${who} en refus ou en veille, dont des aides restent en ligne`;
  if (doubt === "withdrawn") return french`${who} dont l'accord est retiré, et dont des aides restent en ligne`;
  return french`${who} ${isPlural(count) ? "sont" : "est"} « en ligne », sans aide publiée`;
}
