import type { Connector } from "../kit/definition.ts";
import { foldTerm } from "../kit/values/text/fold-term.ts";
import { groupedBy } from "../model/collect.ts";

type Named = { readonly definition: Pick<Connector, "id" | "publisher" | "title"> };

const known = new WeakMap<readonly Named[], ReadonlyMap<string, string>>();

/** Returns each connector's French name by id: publisher and title, and the id if several connectors have the same name. */
export function connectorNames(connectors: readonly Named[]): ReadonlyMap<string, string> {
  const names = known.get(connectors) ?? uniqueNames(connectors);
  known.set(connectors, names);
  return names;
}

/** Returns the display name of a connector; its id if the connector is gone. */
export function nameOfConnector(connectors: readonly Named[], id: string): string {
  return connectorNames(connectors).get(id) ?? id;
}

/** Returns the problems of connectors in use that have the same name: their publisher has several feeds, and no title tells them apart. */
export function sharedNameProblems(connectors: readonly (Named & { readonly definition: Pick<Connector, "state"> })[]): string[] {
  const used = connectors.filter(({ definition }) => definition.state !== "retired");
  return [...idsByName(used)].flatMap(([name, ids]) =>
    ids.length < 2 ? [] : [`${ids.join(", ")}: have the same name "${name}"; give each a "title"`],
  );
}

/** Returns the title of a new connector: undefined if its publisher's name is free, else the words of its id that the name lacks. */
export function titleFor({ id, publisher }: Pick<Connector, "id" | "publisher">, connectors: readonly Named[]): string | undefined {
  const names = new Set(connectors.flatMap(({ definition }) => (definition.id === id ? [] : plainName(definition))));
  const ofPublisher = new Set(foldTerm(publisher.name).split(/[^a-z0-9]+/));
  const own = id.split("-").filter((word) => !ofPublisher.has(word));
  const titles = [undefined, own.join(" ") || undefined, id];
  return titles.find((title) => !names.has(plainName({ publisher, title })));
}

function uniqueNames(connectors: readonly Named[]): ReadonlyMap<string, string> {
  const names = [...idsByName(connectors)];
  return new Map(names.flatMap(([name, ids]) => ids.map((id) => [id, ids.length > 1 ? `${name} (${id})` : name] as const)));
}

function idsByName(connectors: readonly Named[]): ReadonlyMap<string, readonly string[]> {
  const groups = groupedBy(connectors, ({ definition }) => plainName(definition));
  return new Map([...groups].map(([name, members]) => [name, members.map(({ definition }) => definition.id)]));
}

function plainName({ publisher, title }: { readonly publisher: { readonly name: string }; readonly title?: string | undefined }): string {
  return title === undefined ? publisher.name : `${publisher.name} – ${title}`;
}
