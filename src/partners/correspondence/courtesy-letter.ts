import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CourtesyFacts } from "../../french/letters/courtesy.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { hostsOfConnector, readsSite } from "../../kit/site-hosts.ts";
import { type Refused, refusedAct } from "../../model/act-refusal.ts";
import type { Aid, AidContent, AidField } from "../../model/aid/aid.ts";
import type { DescriptionLevel } from "../../model/aid/field-table.ts";
import { isPermanentStated } from "../../model/aid/open-until.ts";
import { reasonsToRead } from "../../model/aid/publication-warnings.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import { shownContent, unconfirmedFields } from "../../model/aid/shown-value.ts";
import { publishedLevel } from "../../model/plan/standing-decision.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { withoutPeopleInAid } from "../../privacy/without-people-in-aid.ts";
import { type PreviewContent, previewContent } from "../preview-content.ts";

/** An aid that the publisher of a site can name in a request. `title`: without people. */
export interface CourtesyAid {
  readonly externalId: string;
  readonly title: string;
  readonly url: string | null;
}

/**
 * The stored content of a courtesy letter, without people. Before the aids of a site are published, it contains only what the publisher's own
 * pages say. About a feed, it announces the aids that runs publish without a person, as readers see them.
 */
export interface CourtesyLetter {
  readonly publisher: string;
  /** Sites that the connector reads: host names without `www.`. None: it reads a feed. */
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
  return { publisher, site: hosts[0] ?? null, day, aids: preview.valid };
}

const maxNamed = 2000;
const maxShown = 20;

/** Writes the courtesy letter of a connector: from the aids that it has read on a site, applied or not, or from those that runs publish. */
export async function writeCourtesy(
  catalogue: Pick<Catalogue, "aids" | "plans" | "standingDecisions">,
  { definition }: LoadedConnector,
  environment: Readonly<Record<string, string | undefined>>,
  { readAt, now }: Readonly<Record<"readAt" | "now", Date>>,
): Promise<CourtesyLetter | Refused> {
  const { id, publisher } = definition;
  const isSite = readsSite(definition);
  const level = isSite ? null : publishedLevel(await catalogue.standingDecisions.holdingFor(id));
  if (!isSite && level === null) return refusedAct("reads-no-site");
  const shown = level === null ? aidsRead(catalogue, id) : aidsPublished(catalogue, id, level, parisDay(now));
  const preview = { valid: 0, publishable: 0, missing: {} as Partial<Record<AidField, number>>, aids: [] as PreviewedAid[] };
  const aids: CourtesyAid[] = [];
  for await (const { externalId, content, missing, isPermanent, ours } of shown) {
    preview.valid++;
    if (missingAt("publishable", missing).length === 0) preview.publishable++;
    for (const field of missing) preview.missing[field] = (preview.missing[field] ?? 0) + 1;
    if (preview.aids.length < maxShown) preview.aids.push({ externalId, content, missing, isPermanent, ours });
    if (aids.length >= maxNamed) continue;
    const { name, originUrl } = withoutPeopleInAid({ ...content, externalId, aidId: "", connector: id } as Aid, "mailbox");
    aids.push({ externalId, title: name, url: originUrl });
  }
  if (aids.length === 0) return refusedAct("no-aid-read");
  return {
    publisher: publisher.name,
    hosts: isSite ? hostsOfConnector(definition, environment) : [],
    day: parisDay(readAt),
    preview: previewContent(publisher.name, preview),
    aids,
  };
}

interface PreviewedAid {
  readonly externalId: string;
  readonly content: AidContent;
  readonly missing: readonly AidField[];
  /** Somebody says that it is permanent, if it is. */
  readonly isPermanent: boolean;
  /** Fields with a value of ours that nobody has confirmed. */
  readonly ours: readonly AidField[];
}

/** Yields the aids as the publisher wrote them, those of a waiting plan too. Leaves out withdrawn, rejected and merged ones. */
async function* aidsRead(catalogue: Pick<Catalogue, "aids" | "plans">, connector: string): AsyncGenerator<PreviewedAid> {
  const [waiting] = await catalogue.plans.list({ connector, origin: "run", isOpen: true, limit: 1 });
  for await (const page of catalogue.aids.asPlanned(connector, waiting?.planId ?? null)) {
    for (const { externalId, content, status, isInFeed, statesPermanence: isPermanent } of page) {
      if (!isInFeed || status === "deleted" || status === "merged") continue;
      yield { externalId, content, missing: missingForDescription(content), isPermanent, ours: [] };
    }
  }
}

/** Yields the aids that are online, and those that a decision publishes from this level on, without a reason to read them first. */
async function* aidsPublished(
  catalogue: Pick<Catalogue, "aids">,
  connector: string,
  level: DescriptionLevel,
  today: string,
): AsyncGenerator<PreviewedAid> {
  for await (const page of catalogue.aids.curated({ connector })) {
    for (const aid of page) {
      const { externalId, status, withdrawnAt, asked } = aid;
      const content = shownContent(aid);
      const missing = missingForDescription(content);
      const isReady = missingAt(level, missing, asked).length === 0 && reasonsToRead({ ...aid, content }, level, today).length === 0;
      if (withdrawnAt !== null || content.outOfScope !== null) continue;
      if (status === "published" || (status === "reviewable" && isReady))
        yield { externalId, content, missing, isPermanent: isPermanentStated(aid), ours: unconfirmedFields(aid) };
    }
  }
}
