import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PublisherAction } from "../../model/run/digest.ts";
import { parisDay } from "../../model/text/paris-day.ts";

/**
 * Returns the actions about publishers due by today, oldest first. Pages have an address if `environment` says where the console is, else
 * a path.
 */
export async function actionsDue(
  { publisherListing }: Pick<Catalogue, "publisherListing">,
  { MOISSON_CONSOLE_URL: console = "" }: Readonly<Record<string, string | undefined>>,
  now: Date,
): Promise<PublisherAction[]> {
  const today = parisDay(now);
  return (await publisherListing.actionsDue(today)).map(({ publisherId, ...due }) => ({
    ...due,
    isOverdue: due.dueOn < today,
    page: `${console.replace(/\/+$/, "")}/producteurs/${publisherId}`,
  }));
}
