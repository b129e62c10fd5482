import { publisherKindWord } from "../../../french/publishers.ts";
import { publisherKinds } from "../../../kit/definition.ts";

/** What a publisher is, in French; a kind that connectors have no more stays as it is kept. */
export function kindWord(kind: string): string {
  const known = publisherKinds.find((one) => one === kind);
  return known === undefined ? kind : publisherKindWord(known);
}
