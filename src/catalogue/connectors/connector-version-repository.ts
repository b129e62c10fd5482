import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { ConnectorVersion } from "../../model/run/connector-version.ts";
import { storableJson, storableText } from "../../model/text/storable.ts";
import { connectorVersions } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Excludes trials, which have negative numbers. */
const counts = gt(connectorVersions.version, 0);

/** Versions of connectors that people edited. A version never changes; going back adds a version with the older content. */
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
      await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`trial ${connector}`}, 1))`);
      // Numbers of deleted trials are not reused: an open page of their run would show another trial.
      const { last } = await transaction.row<{ last: number }>(sql`
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
    return number > 0 ? this.findRow(connector, -number) : null;
  }

  /** Returns true if this trial became the version after `after`. */
  async isTrialKept(connector: string, number: number, after: number): Promise<boolean> {
    const kept = await this.store.rows(sql`
      select 1 from connector_versions trial join connector_versions kept on kept.connector = trial.connector and kept.version = ${after + 1}
        and kept.why = trial.why and kept.changes = trial.changes and kept.terms = trial.terms and kept.definition is not distinct from trial.definition
      where trial.connector = ${connector} and trial.version = ${-number}`);
    return kept.length > 0;
  }

  /** Returns the newest version of each connector that has one, by connector. */
  async newest(): Promise<ConnectorVersion[]> {
    return this.select((database) =>
      database
        .selectDistinctOn([connectorVersions.connector])
        .from(connectorVersions)
        .where(counts)
        .orderBy(connectorVersions.connector, desc(connectorVersions.version)),
    );
  }

  /** Lists the versions of a connector, newest first. */
  async list(connector: string): Promise<ConnectorVersion[]> {
    return this.select((database) =>
      database
        .select()
        .from(connectorVersions)
        .where(and(eq(connectorVersions.connector, connector), counts))
        .orderBy(desc(connectorVersions.version)),
    );
  }

  async find(connector: string, version: number): Promise<ConnectorVersion | null> {
    return version > 0 ? this.findRow(connector, version) : null;
  }

  private async findRow(connector: string, version: number): Promise<ConnectorVersion | null> {
    const [found] = await this.select((database) =>
      database
        .select()
        .from(connectorVersions)
        .where(and(eq(connectorVersions.connector, connector), eq(connectorVersions.version, version))),
    );
    return found ?? null;
  }

  /** Returns a value that changes when a version is added. */
  async signature(): Promise<string> {
    const { count } = await this.store.row<{ count: number }>(sql`select count(*)::int as count from connector_versions where version > 0`);
    return String(count);
  }

  private async select(build: Parameters<Store["query"]>[0]): Promise<ConnectorVersion[]> {
    return (await this.store.query(build)) as ConnectorVersion[];
  }
}

function storable(made: Omit<ConnectorVersion, "version">): Omit<ConnectorVersion, "version"> {
  const { connector, at, by, why, ...content } = made;
  const { definition, changes, terms } = JSON.parse(storableJson(content)) as typeof content;
  return { connector, definition, changes, terms, why: storableText(why), by, at };
}
