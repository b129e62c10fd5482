import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import type { FaultKind } from "../../../partners/letters/fault-kinds.ts";
import { guidePageForFaults, guidePath } from "./guide-pages.ts";

/** A link from the faults of a letter to the page of the guide with good examples. */
export function GuideLink({ kind }: { readonly kind: FaultKind }): Child {
  const page = guidePageForFaults(kind);
  return (
    <p>
      {french`Pour aller plus loin, des exemples : `}
      <a href={guidePath(page)}>{page.title}</a>
    </p>
  );
}
