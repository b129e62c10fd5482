import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publisher-repository.ts";
import type { Visit } from "../../visit.ts";

/** Figures of a publisher, by its connectors: of the month, for the partner and for us. */
export function PublisherFigures(_: {
  readonly visit: Visit;
  readonly publisher: StoredPublisher;
  readonly connectors: readonly string[];
}): Child {
  return null;
}
