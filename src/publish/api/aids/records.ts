import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { Aid } from "../../../model/aid/aid.ts";
import { aidSlug } from "../../../model/aid/aid-slug.ts";
import type { ConfirmableBasis } from "../../../model/aid/reuse-basis.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { CheckedForPeople } from "../../../privacy/checked-for-people.ts";
import { aidForOwnSite, leftOutOf, withoutPeopleInAid } from "../../../privacy/without-people-in-aid.ts";
import type { BackerNumbers } from "../../exports/aides-territoires-record.ts";
import { type RecordFacts as OpenFacts, openDataRecord } from "../../exports/open-data-record.ts";
import type { Access } from "../access/access.ts";
import { mayRead } from "./may-read.ts";
import type { RecordSource, RecordSources } from "./sources.ts";

/** A revision of an aid. */
export interface AskedRecord {
  readonly aidId: string;
  readonly number: number;
  readonly revision: number;
}

interface KeptRecord {
  readonly revision: number;
  readonly stamp: string;
  readonly licence: Aid["importShareLicence"];
  readonly basis: ConfirmableBasis | null;
  readonly json: Uint8Array<ArrayBuffer>;
  /** For our own site, if the policy of the publisher lets more out there; else null. */
  readonly siteJson: Uint8Array<ArrayBuffer> | null;
}

/** Maximum number of cached records, and of their bytes. */
const maxRecords = 20_000;
const maxBytes = 200_000_000;

/** Returns the numbers of the backers of aids, by slug of the name. */
async function backerNumbersOf({ namedNumbers }: Catalogue, aids: readonly Aid[]): Promise<BackerNumbers> {
  const slugs = aids.flatMap(({ financers, instructors }) => [...financers, ...instructors].map(({ name }) => backerSlug(name)));
  return Object.fromEntries(
    (await namedNumbers.bySlug("backer", slugs)).map(({ slug, number, siteNumber }) => [slug, siteNumber ?? number]),
  );
}

/** Caches the JSON records of aids, made once per revision, because recognising people takes longest. */
export class Records {
  readonly #looked = new CheckedForPeople();
  readonly #kept = new Map<string, KeptRecord>();
  #bytes = 0;
  #ahead: { readonly aidIds: ReadonlySet<string>; readonly made: Promise<unknown> } | null = null;

  constructor(private readonly catalogue: Catalogue) {}

  /** Returns the records of some aids by permanent id, without those that may not be read or are gone. */
  async of(
    asked: readonly AskedRecord[],
    sources: RecordSources,
    { access: { scope }, day }: { readonly access: Access; readonly day: string },
  ): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
    const ahead = this.#ahead;
    if (ahead !== null && asked.some(({ aidId }) => ahead.aidIds.has(aidId))) await ahead.made;
    const found = await this.#made(asked, sources, day);
    return new Map(
      [...found].flatMap(([aidId, { licence, basis, json, siteJson }]) =>
        mayRead(scope, licence, basis) ? [[aidId, scope === "site" ? (siteJson ?? json) : json] as const] : [],
      ),
    );
  }

  /** Prepares the next page's records while this one is sent, for one client at a time. */
  prepare(asked: readonly AskedRecord[], sources: RecordSources, day: string): void {
    if (this.#ahead !== null || asked.length === 0) return;
    const made = this.#made(asked, sources, day)
      // The request for these records meets the same error and reports it.
      .catch(() => undefined)
      .finally(() => {
        this.#ahead = null;
      });
    this.#ahead = { aidIds: new Set(asked.map(({ aidId }) => aidId)), made };
  }

  async #made(asked: readonly AskedRecord[], sources: RecordSources, day: string): Promise<ReadonlyMap<string, KeptRecord>> {
    // Records depend on the day: they say whether the deadline has passed.
    const stamp = `${day} ${sources.stamp}`;
    const found = new Map<string, KeptRecord>();
    for (const { aidId, revision } of asked) {
      const kept = this.#kept.get(aidId);
      if (kept?.revision === revision && kept.stamp === stamp) found.set(aidId, kept);
    }
    const numbers = new Map(asked.map(({ aidId, number }) => [aidId, number]));
    const shown = await this.catalogue.published.shown(asked.flatMap(({ aidId }) => (found.has(aidId) ? [] : [aidId])));
    // A renamed aid may not have the slug of its new title yet. It gets that slug unless another aid has it.
    const renamed = shown.filter(({ aid, slugs }) => !slugs.includes(aidSlug(aid)));
    const owners = await this.catalogue.published.aidsBySlug(renamed.map(({ aid }) => aidSlug(aid)));
    const backerNumbers = await backerNumbersOf(
      this.catalogue,
      shown.map(({ aid }) => aid),
    );
    for (const { aid, revision, createdAt, updatedAt, edited, isPermanent } of shown) {
      const { aidId, importShareLicence: licence } = aid;
      const ownsSlug = (owners.get(aidSlug(aid)) ?? aidId) === aidId;
      const source = sources.of(aid.connector);
      const facts = {
        number: numbers.get(aidId) ?? 0,
        ownsSlug,
        isLive: aid.submissionDeadline === null || aid.submissionDeadline >= day,
        createdAt,
        updatedAt,
        edited,
        isPermanent,
        backerNumbers,
      };
      const jsonOf = (openOf: OpenAid) => Buffer.from(JSON.stringify(publicRecord(aid, source, { ...facts, openOf })));
      const json = jsonOf(this.#looked.openOf(revision));
      const siteJson =
        source.people === "service" ? null : jsonOf((one, contacts, services) => aidForOwnSite(one, source.people, contacts, services));
      const made = { revision, stamp, licence, basis: source.basis?.basis ?? null, json, siteJson };
      this.#keep(aidId, made);
      found.set(aidId, made);
    }
    return found;
  }

  #keep(aidId: string, record: KeptRecord): void {
    this.#drop(aidId);
    this.#kept.set(aidId, record);
    this.#bytes += sizeOf(record);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxRecords && this.#bytes <= maxBytes) return;
      this.#drop(oldest);
    }
  }

  #drop(aidId: string): void {
    const dropped = this.#kept.get(aidId);
    if (dropped !== undefined) this.#bytes -= sizeOf(dropped);
    this.#kept.delete(aidId);
  }
}

function sizeOf({ json, siteJson }: KeptRecord): number {
  return json.length + (siteJson?.length ?? 0);
}

/** Facts of the catalogue about an aid, beside its content. */
interface RecordFacts extends Pick<OpenFacts, "createdAt" | "updatedAt" | "edited" | "isPermanent" | "backerNumbers"> {
  readonly number: number;
  /** False if another aid has the slug of its title. */
  readonly ownsSlug: boolean;
  /** Its deadline, if any, has not passed. */
  readonly isLive: boolean;
  /** Removes people from the aid. Default `withoutPeopleInAid`. */
  readonly openOf?: OpenAid;
}

/** Returns what may be shown of an aid. */
type OpenAid = typeof withoutPeopleInAid;

/**
 * Returns the record of Aides-territoires for an aid without people. `id` is its number; our additions are `aid_id` and `publisher`. The
 * slug is that of its title, or its permanent id if another aid has that slug or the title names a person.
 */
function publicRecord(
  aid: Aid,
  source: RecordSource,
  { ownsSlug, isLive, openOf = withoutPeopleInAid, ...facts }: RecordFacts,
): Record<string, unknown> {
  const open = openOf(aid, source.contacts, source.services);
  const slug = ownsSlug && open.name === aid.name ? aidSlug(open) : aid.aidId;
  return { ...openDataRecord(open, { ...source, ...facts, slug, leftOut: leftOutOf(aid, open) }), is_live: isLive };
}
