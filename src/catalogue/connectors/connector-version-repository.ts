import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { ConnectorVersion } from "../../model/run/connector-version.ts";
import { storableJson, storableText } from "../../model/text/storable.ts";
import { connectorVersions } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

interface NewestWanted {
  readonly only?: ReadonlySet<string> | undefined;
  readonly known?: ReadonlyMap<string, number>;
}

/** Versions of connectors that people edited. Trials have negative numbers. A version never changes; going back adds a version with the older content. */
export class ConnectorVersionRepository {
  constructor(private readonly store: Store) {}

  /**
   * Adds the version after `after` (0: the first).
   * @returns its number, or null, without writing, if somebody else added one meanwhile
   */
  async add(made: Omit<ConnectorVersion, "version">, after: number): Promise<number | null> {
    const { connector, definition, changes, terms, why, by, at } = storable(made);
    const added = await this.store.rows(sql`
      insert into connector_versions (connector, version, definition, changes, terms, why, by, at)
      select ${connector}, ${after + 1}, ${definition === null ? null : JSON.stringify(definition)}::jsonb, ${JSON.stringify(changes)}::jsonb,
        ${JSON.stringify(terms)}::jsonb, ${why}, ${by}, ${at.toISOString()}::timestamptz
      where ${after} = (select coalesce(max(version), 0) from connector_versions where connector = ${connector} and version > 0)
      on conflict do nothing returning 1`);
    return added.length > 0 ? after + 1 : null;
  }

  /** Stores a version as a trial, and deletes the connector's trials older than 30 days. Returns the trial's number. */
  async addTrial(made: Omit<ConnectorVersion, "version">): Promise<number> {
    const { connector, at } = made;
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`trial ${connector}`);
      // Numbers of deleted trials are not reused: an open page of their run would show another trial.
      const last = await transaction.value<number>(sql`
        select least(0, (select min(version) from connector_versions where connector = ${connector}),
          (select -max((options ->> 'trial')::int) from runs where connector = ${connector} and options ? 'trial')) as last`);
      await transaction.rows(sql`
        delete from connector_versions where connector = ${connector} and version < 0 and at < ${at.toISOString()}::timestamptz - interval '30 days'`);
      await transaction.query((database) => database.insert(connectorVersions).values({ ...storable(made), version: last - 1 }));
      return 1 - last;
    });
  }

  /** Finds a trial. Returns null if it is no longer stored. */
  async trial(connector: string, number: number): Promise<ConnectorVersion | null> {
    return number > 0 ? this.#findRow(connector, -number) : null;
  }

  /** Returns true if this trial became the version after `after`. */
  async isTrialKept(connector: string, number: number, after: number): Promise<boolean> {
    return this.store.any(sql`
      select 1 from connector_versions trial join connector_versions kept on kept.connector = trial.connector and kept.version = ${after + 1}
        and kept.why = trial.why and kept.changes = trial.changes and kept.terms = trial.terms and kept.definition is not distinct from trial.definition
      where trial.connector = ${connector} and trial.version = ${-number}`);
  }

  /**
   * Returns the newest version of each connector that has one, by connector. `only`: of these connectors. `known`: leaves out versions that
   * have this number, because a version never changes.
   */
  newest({ only, known = new Map() }: NewestWanted = {}): Promise<ConnectorVersion[]> {
    const wanted = only === undefined ? sql`true` : sql`connector in (select jsonb_array_elements_text(${storableJson([...only])}::jsonb))`;
    return this.#select(sql`(
      select distinct on (connector) * from connector_versions where version > 0 and ${wanted} order by connector, version desc) connector_versions
      where ${known.size === 0} or (${storableJson(Object.fromEntries(known))}::jsonb ->> connector)::int is distinct from version order by connector`);
  }

  /** Returns the words that the newest versions map, without the definitions. */
  newestTerms(): Promise<Pick<ConnectorVersion, "connector" | "terms">[]> {
    return this.store.rows(sql`
      select connector, terms
      from (select distinct on (connector) connector, terms from connector_versions where version > 0 order by connector, version desc) newest
      where terms <> '{}' order by connector`);
  }

  /** Lists the versions of a connector, newest first. */
  list(connector: string): Promise<ConnectorVersion[]> {
    return this.#select(sql`connector_versions where connector = ${connector} and version > 0 order by version desc`);
  }

  async find(connector: string, version: number): Promise<ConnectorVersion | null> {
    return version > 0 ? this.#findRow(connector, version) : null;
  }

  async #findRow(connector: string, version: number): Promise<ConnectorVersion | null> {
    return (await this.#select(sql`connector_versions where connector = ${connector} and version = ${version}`))[0] ?? null;
  }

  /** Returns a value that changes when a version is added. */
  async signature(): Promise<string> {
    const count = await this.store.value<number>(sql`select count(*)::int as count from connector_versions where version > 0`);
    return String(count);
  }

  #select(rest: SQL): Promise<ConnectorVersion[]> {
    return this.store.select(getTableColumns(connectorVersions), sql`from ${rest}`) as Promise<ConnectorVersion[]>;
  }
}

function storable(made: Omit<ConnectorVersion, "version">): Omit<ConnectorVersion, "version"> {
  const { connector, at, by, why, ...content } = made;
  const { definition, changes, terms } = JSON.parse(storableJson(content)) as typeof content;
  return { connector, definition, changes, terms, why: storableText(why), by, at };
}
