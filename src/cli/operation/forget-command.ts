import { type Forgetting, type ForgettingServices, forgetPeople, lookForPeople } from "../../catalogue/forgetting/forget-people.ts";
import { gunzip, listZip, readZipEntry } from "../../ingest/decode/container/archives.ts";
import { fileKind, readHead, unsupportedFile } from "../../ingest/decode/container/container-kind.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../ingest/decode/decoded.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { readSecrets } from "../../platform/secrets.ts";
import type { FeedReader } from "../../privacy/feed-names-person.ts";
import { forgottenPeople } from "../../privacy/forgotten-people.ts";
import { type Person, readPerson } from "../../privacy/person.ts";
import { remakeOpenData } from "../../publish/open-data/make-open-data.ts";
import { remakeOfferedFiles } from "../../publish/open-data/offered-file.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import {
  feedLines,
  forgetOutcome,
  forgetRefusal,
  forgottenNote,
  keptIdentifiers,
  openDataMadeAgain,
  placeLine,
  removedFeedLine,
  unreadFeeds,
} from "../english/privacy.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";

/** Options of `moisson forget`. */
export interface ForgetFlags extends Pick<CuratorFlags, "by"> {
  dryRun?: true;
  yes?: true;
  json?: true;
}

/** Deletes people from all stored data, or prints where they appear. */
export async function forget(open: OpenContext, people: readonly string[], flags: ForgetFlags): Promise<void> {
  if (flags.dryRun && flags.yes) throw new WrongUse("give --dry-run or --yes, not both");
  const context = await open();
  await context.withConnectors(() => forgetWritten(context, people, flags));
}

async function forgetWritten(context: CommandContext, written: readonly string[], flags: ForgetFlags): Promise<void> {
  const people = written.map(personIn);
  const secrets = readSecrets(context.environment);
  if (secrets === null) throw new WrongUse(forgetRefusal("no-secret"));
  const loaded = (await context.connectors()).connectors;
  const connectors = new Map(loaded.map((connector) => [connector.definition.id, connector]));
  await context.withCatalogue(async (catalogue, { clock }) => {
    const { by, now } = curatorOf(flags, context.environment, clock.now());
    const { unreadable } = forgottenPeople(await catalogue.forgetting.traces(), secrets);
    if (unreadable > 0) throw new NotDone(forgetRefusal("another-secret", `${unreadable} people`));
    const services: ForgettingServices = { catalogue, key: secrets[0], reader: readerOf(connectors) };
    const forgetting = flags.yes
      ? await forgetPeople(people, services, { by, now, note: forgottenNote })
      : await lookForPeople(people, services);
    show(context, forgetting, flags);
    const isMadeAgain = flags.yes && (await remakeOpenData({ catalogue, connectors: loaded }, () => clock.now()));
    if (flags.yes) await remakeOfferedFiles({ catalogue, connectors: loaded }, () => clock.now());
    if (isMadeAgain) context.terminal.err(openDataMadeAgain);
  });
}

/** Parses an argument. The error does not repeat the argument, because logs would keep it. */
function personIn(written: string, at: number): Person {
  const person = readPerson(written);
  if (person === null) throw new WrongUse(forgetRefusal("not-a-person", `argument ${at + 1}`));
  return person;
}

function show({ terminal }: CommandContext, forgetting: Forgetting, flags: ForgetFlags): void {
  const { places, aids, identifiers, snapshots, snapshotsRead, snapshotsUnread, done, runsEnded } = forgetting;
  if (flags.json) terminal.out(JSON.stringify(forgetting, null, 2));
  else {
    for (const { place, rows } of places) terminal.out(placeLine(place, rows));
    for (const line of feedLines({ holding: snapshots.length, read: snapshotsRead, done })) terminal.out(line);
    for (const { hash, runs } of snapshots) terminal.out(removedFeedLine(hash, runs));
    if (aids.length > 0) terminal.out(`aids: ${aids.join(", ")}`);
  }
  if (identifiers.length > 0) terminal.err(keptIdentifiers(identifiers));
  if (snapshotsUnread.length > 0) terminal.err(unreadFeeds(snapshotsUnread));
  terminal.err(forgetOutcome({ done, isDry: flags.dryRun === true, runsEnded }));
}

function readerOf(connectors: ReadonlyMap<string, LoadedConnector>): FeedReader {
  return {
    contents: contentsOf,
    records: (id, parts) => {
      const connector = connectors.get(id);
      return connector === undefined ? null : recordsOf(connector, parts);
    },
  };
}

/** Yields the contents of a file, or of each file in an archive. Throws at the end if one is an old workbook or document, which is no text. */
async function* contentsOf(part: FeedPart): AsyncGenerator<AsyncIterable<Uint8Array>> {
  let hasOle = false;
  for (const open of await filesOf(part)) {
    if (fileKind((await readHead(open(), 16)).bytes) === "ole") hasOle = true;
    else yield open();
  }
  if (hasOle) throw unsupportedFile("xls", "ask-for-data");
}

async function filesOf(part: FeedPart): Promise<(() => AsyncIterable<Uint8Array>)[]> {
  const kind = fileKind((await readHead(part.open(), 16)).bytes);
  if (kind === "gzip") return [() => gunzip(part.open())];
  if (kind === "zip") return (await listZip(part.path)).map((entry) => () => readZipEntry(part.path, entry));
  if (kind === "text") return [() => part.open()];
  throw unsupportedFile(kind, "ask-for-data");
}

async function* recordsOf({ definition }: LoadedConnector, parts: readonly FeedPart[]): AsyncGenerator<unknown> {
  for await (const batch of decodeFeed(parts, readingOf(definition), defaultDecodeLimits)) {
    for (const decoded of batch) if (decoded.kind === "record") yield decoded.values;
  }
}
