import type { Child } from "hono/jsx";
import { Badge } from "../../parts/badge.tsx";
import { formatDay } from "../../parts/time.ts";
import { truncate } from "../../parts/truncate.ts";
import type { PublisherRow } from "./read-publisher-rows.ts";

const mostShown = 80;

/** What is to be done next with a publisher, and when. `showsText`: what was written may name people. */
export function NextActionCell(given: {
  readonly row: Pick<PublisherRow, "isOverdue"> & { readonly publisher: Pick<PublisherRow["publisher"], "nextAction" | "nextActionOn"> };
  readonly showsText: boolean;
}): Child {
  const {
    row: {
      publisher: { nextAction, nextActionOn },
      isOverdue,
    },
    showsText,
  } = given;
  return (
    <>
      {showsText && nextAction !== null && <div>{truncate(nextAction, mostShown)}</div>}
      {nextActionOn !== null && (
        <span class="moisson-unbroken">
          {formatDay(nextActionOn)} {isOverdue && <Badge tone="error" label="en retard" />}
        </span>
      )}
    </>
  );
}
