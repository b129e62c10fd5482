import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CourtesyFacts } from "../../french/letters/courtesy.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { hostsOfConnector, readsSite } from "../../kit/site-hosts.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import type { Aid, AidContent, AidField } from "../../model/aid/aid.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { withoutPeopleInAid } from "../../privacy/without-people-in-aid.ts";
import { type PreviewContent, previewContent } from "../preview-content.ts";

/** An aid that the publisher of a site can name in a request. `title`: without people. */
export interface CourtesyAid {
  readonly externalId: string;
  readonly title: string;
  readonly url: string | null;
}

/** The stored content of a courtesy letter. It contains only what the publisher's own pages say, without people. */
export interface CourtesyLetter {
  readonly publisher: string;
  /** Sites that the connector reads: host names without `www.`. */
  readonly hosts: readonly string[];
  /** Day on which the pages were read, `YYYY-MM-DD`. */
  readonly day: string;
  /** The first aids, as a local authority would see them. */
  readonly preview: PreviewContent;
  /** All aids, at most `maxNamed`. */
  readonly aids: readonly CourtesyAid[];
}

/** Returns what the mail and the first sentences of a courtesy letter say. */
export function courtesyFacts({ publisher, hosts, day, preview }: CourtesyLetter): CourtesyFacts {
  return { publisher, site: hosts[0] ?? publisher, day, aids: preview.valid };
}

const maxNamed = 2000;
const maxShown = 20;

/** Writes the courtesy letter of a connector from the aids that it has read, applied or not. */
export async function writeCourtesy(
  catalogue: Pick<Catalogue, "aids" | "plans">,
  { definition }: LoadedConnector,
  environment: Readonly<Record<string, string | undefined>>,
  readAt: Date,
): Promise<CourtesyLetter | Refused> {
  const { id, publisher } = definition;
  if (!readsSite(definition)) return refusedAct("reads-no-site");
  const preview = { valid: 0, publishable: 0, missing: {} as Partial<Record<AidField, number>>, aids: [] as PreviewedAid[] };
  const aids: CourtesyAid[] = [];
  for await (const { externalId, content, missing, isPermanent } of aidsRead(catalogue, id)) {
    preview.valid++;
    if (missingAt("publishable", missing).length === 0) preview.publishable++;
    for (const field of missing) preview.missing[field] = (preview.missing[field] ?? 0) + 1;
    if (preview.aids.length < maxShown) preview.aids.push({ externalId, content, missing, isPermanent });
    if (aids.length >= maxNamed) continue;
    const { name, originUrl } = withoutPeopleInAid({ ...content, externalId, aidId: "", connector: id } as Aid, "mailbox");
    aids.push({ externalId, title: name, url: originUrl });
  }
  if (aids.length === 0) return refusedAct("no-aid-read");
  return {
    publisher: publisher.name,
    hosts: hostsOfConnector(definition, environment),
    day: parisDay(readAt),
    preview: previewContent(publisher.name, preview),
    aids,
  };
}

interface PreviewedAid {
  readonly externalId: string;
  readonly content: AidContent;
  readonly missing: readonly AidField[];
  /** Its publisher says that it is permanent, if it is. */
  readonly isPermanent: boolean;
}

/** Yields the aids as the publisher wrote them, those of a waiting plan too. Leaves out withdrawn, rejected and merged ones. */
async function* aidsRead(catalogue: Pick<Catalogue, "aids" | "plans">, connector: string): AsyncGenerator<PreviewedAid> {
  const [waiting] = await catalogue.plans.list({ connector, origin: "run", isOpen: true, limit: 1 });
  for await (const page of catalogue.aids.asPlanned(connector, waiting?.planId ?? null)) {
    for (const { externalId, content, status, isInFeed, statesPermanence: isPermanent } of page) {
      if (!isInFeed || status === "deleted" || status === "merged") continue;
      yield { externalId, content, missing: missingForDescription(content), isPermanent };
    }
  }
}
