import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BullmqQueue } from "../../src/jobs/queue/bullmq-queue.ts";
import { connectorIds, type Day, definitionOf, feedOf, hostOf } from "./feeds.ts";
import { runHere } from "./in-this-process.ts";
import { type OwnPostgresql, startOwnPostgresql } from "./own-postgresql.ts";
import { type OwnRedis, startOwnRedis } from "./own-redis.ts";
import { type Place, withPlace } from "./place.ts";
import { openPublisherServer, type PublisherServer } from "./publisher-server.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";
import type { QueueKind } from "./stages.ts";

/** Servers, disks and feeds for nights that run one after the other. */
export interface Lane {
  readonly postgresql: OwnPostgresql;
  readonly redis: OwnRedis;
  readonly publisher: PublisherServer;
  /** Disk of the database server and the embedded catalogues. */
  readonly disk: SmallDisk;
  /** Disk of the database server's write-ahead log. */
  readonly logDisk: SmallDisk;
  /** Disks for downloads, which the workers have in turn. */
  readonly spools: readonly SmallDisk[];
  /** Contains `connectors/`. */
  readonly connectors: string;
  readonly allowHosts: string;
  /** Folder for the logs of the nights. */
  readonly logs: string;
  /** Creates a copy of yesterday's catalogue, and a function that removes it. */
  newPlace(queue: QueueKind): Promise<{ readonly place: Place; readonly drop: () => Promise<void> }>;
  close(): Promise<void>;
}

/** Name of the queue. Every night has an empty Redis or its own database. */
export const queueName = "faults";

/** When the earlier versions of the feeds were imported. */
const before: readonly (readonly [Day, string])[] = [
  ["first", "2026-11-10T03:00:00Z"],
  ["shorter", "2026-11-14T03:00:00Z"],
  ["shorter", "2026-11-17T03:00:00Z"],
];

/** The instant of nights without a clock jump. */
export const tonight = "2026-11-25T03:00:00Z";

/** Above the room that a worker wants in its temporary folder. */
const spoolMegabytes = 96;

/** Opens a lane in a folder. */
export async function openLane(folder: string): Promise<Lane> {
  const disk = await mountSmallDisk(join(folder, "disk"), 330);
  const logDisk = await mountSmallDisk(join(folder, "log"), 160);
  const spools = [
    await mountSmallDisk(join(folder, "spool-0"), spoolMegabytes),
    await mountSmallDisk(join(folder, "spool-1"), spoolMegabytes),
  ];
  const [connectors, logs] = [join(folder, "feeds"), join(folder, "logs")];
  await mkdir(join(connectors, "connectors"), { recursive: true });
  await mkdir(logs, { recursive: true });
  const redis = await startOwnRedis(join(folder, "redis"));
  const postgresql = await startOwnPostgresql(disk.folder, logDisk.folder);
  const publisher = await openPublisherServer((name) =>
    (connectorIds as readonly string[]).includes(name) ? feedOf(name, "tonight") : undefined,
  );
  for (const id of connectorIds)
    await writeFile(join(connectors, "connectors", `${id}.json`), JSON.stringify(definitionOf(id, publisher.port)));
  await postgresql.create("yesterday");
  const yesterday = { server: { databaseUrl: postgresql.urlOf("yesterday") }, embedded: { home: join(folder, "yesterday") } };
  for (const place of [yesterday.server, yesterday.embedded]) await liveUntilYesterday(place, connectors, folder);
  // Creates the queue's tables once, so that the nights do not have to.
  const queue = new BullmqQueue({ kind: "postgresql", url: yesterday.server.databaseUrl, name: queueName });
  await queue.depth();
  await queue.close();
  let nights = 0;
  return {
    ...{ postgresql, redis, publisher, disk, logDisk, spools, connectors, logs },
    allowHosts: connectorIds.map((id) => hostOf(id, publisher.port)).join(","),
    newPlace: async (kind) => {
      const name = `night_${++nights}`;
      if (kind === "in-process") {
        const home = join(disk.folder, name);
        // Skips the lock, a socket without a listener.
        await cp(yesterday.embedded.home, home, { recursive: true, filter: (file) => !file.endsWith(".sock") });
        return { place: { home }, drop: () => rm(home, { recursive: true, force: true }) };
      }
      if (kind === "redis") await redis.ask("FLUSHALL");
      await postgresql.create(name, "yesterday");
      const drop = async () => void (await postgresql.ask(`drop database ${name} with (force)`));
      return { place: { databaseUrl: postgresql.urlOf(name) }, drop };
    },
    close: async () => {
      await publisher.close();
      await redis.stop();
      await postgresql.stop();
      for (const mounted of [disk, logDisk, ...spools]) await mounted.unmount();
    },
  };
}

async function liveUntilYesterday(place: Place, connectors: string, folder: string): Promise<void> {
  await withPlace(place, async ({ catalogue }) => {
    for (const [day, at] of before) {
      for (const id of connectorIds) {
        const file = join(folder, "feed.json");
        await writeFile(file, feedOf(id, day));
        const { outcome, error } = await runHere(catalogue, connectors, id, { file }, new Date(at));
        if (error !== null) throw new Error(`${day} ${id}: ${outcome} ${JSON.stringify(error)}`);
      }
    }
  });
}
